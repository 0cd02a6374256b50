import ForumOutlined from '@mui/icons-material/ForumOutlined'
import { formatRoute } from '../app/route.ts'
import type { MessageView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { spokenText } from './emote.ts'
import { useRoomUi } from './room-ui.tsx'

/** The beginning of what is being answered; leads to it. */
export function ReplyQuote({ to, root }: { to: NonNullable<MessageView['replyTo']>; root: MessageView['root'] }) {
  const { jumpTo, room, thread } = useRoomUi()
  const { seq } = to
  const who = to.author?.displayName
  const text = to.deleted === true ? t('common.messageDeleted') : (to.text === undefined ? t('timeline.earlierMessage') : spokenText(to.text, who))
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
        <span className="sr-only">{t('timeline.toQuoted')} </span>
        {inside}
      </button>
      {thread === undefined && root !== undefined && (
        <a className="quote-thread" href={formatRoute({ room: room.id, panel: 'thread', item: root })} aria-label={t('timeline.toConversation')} title={t('timeline.toConversation')}>
          <ForumOutlined aria-hidden="true" />
        </a>
      )}
    </div>
  )
}
