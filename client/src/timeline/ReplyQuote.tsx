import ForumOutlined from '@mui/icons-material/ForumOutlined'
import { formatRoute } from '../app/route.ts'
import type { MessageView } from '../chat/views.ts'
import { spokenText } from './emote.ts'
import { useRoomUi } from './room-ui.tsx'

/** The beginning of what is being answered; leads to it. */
export function ReplyQuote({ to, root }: { to: NonNullable<MessageView['replyTo']>; root: MessageView['root'] }) {
  const { jumpTo, room, thread } = useRoomUi()
  const { seq } = to
  const who = to.author?.displayName
  const text = to.deleted === true ? 'Message deleted' : (to.text === undefined ? 'An earlier message' : spokenText(to.text, who))
  const inside = (
    <>
      {who !== undefined && <bdi className="quote-who">{who}</bdi>}
      <span className="quote-text ellipsis" dir="auto">{text.replace(/\s+/g, ' ')}</span>
    </>
  )
  if (seq === undefined) return <div className="quote">{inside}</div>
  return (
    <div className="quote-line">
      <button type="button" className="quote" onClick={() => jumpTo(seq)}>
        <span className="sr-only">Go to the quoted message: </span>
        {inside}
      </button>
      {thread === undefined && root !== undefined && (
        <a className="quote-thread" href={formatRoute({ room: room.id, panel: 'thread', item: root })} aria-label="Open the conversation" title="Open the conversation">
          <ForumOutlined aria-hidden="true" />
        </a>
      )}
    </div>
  )
}
