import type { MessageView } from '../chat/contract.ts'
import { useRoomUi } from './room-ui.tsx'

/** The beginning of what is being answered; leads to it. */
export function ReplyQuote({ to }: { to: NonNullable<MessageView['replyTo']> }) {
  const { jumpTo } = useRoomUi()
  const { seq } = to
  const who = to.author?.displayName
  const text = to.deleted === true ? 'Message deleted' : (to.text ?? 'An earlier message')
  const inside = (
    <>
      {who !== undefined && <span className="quote-who">{who}</span>}
      <span className="quote-text ellipsis" dir="auto">{text.replace(/\s+/g, ' ')}</span>
    </>
  )
  if (seq === undefined) return <div className="quote">{inside}</div>
  return (
    <button type="button" className="quote" onClick={() => jumpTo(seq)}>
      <span className="sr-only">Go to the quoted message: </span>
      {inside}
    </button>
  )
}
