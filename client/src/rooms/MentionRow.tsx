import type { MentionView } from '../chat/views.ts'
import { formatRoute } from '../app/route.ts'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import { formatClock, formatFull, formatShortDate } from '../ui/format-time.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'

/** One mention: who, where, when and what; leads to the message. */
export function MentionRow({ mention, room }: { mention: MentionView; room: string }) {
  const { by, at, text, deleted = false, unread } = mention
  return (
    <li>
      <a className={unread ? 'mention-row mention-row-unread' : 'mention-row'} href={formatRoute({ room: mention.room, at: mention.seq, panel: 'mentions' })}>
        <PersonAvatar id={by.id} name={by.displayName} avatar={by.avatar} size={32} />
        <span className="mention-lines">
          <span className="mention-head">
            <span className="mention-who ellipsis">
              <bdi>{by.displayName}</bdi>
            </span>
            <span className="text-3 ellipsis">
              {rich('rooms.mentionIn', { room: <bdi>{room}</bdi> })}
            </span>
            <time className="text-3 mention-time" dateTime={new Date(at).toISOString()} title={formatFull(at)}>
              {formatShortDate(at)}, {formatClock(at)}
            </time>
          </span>
          <span className="mention-text" dir="auto">
            {deleted ? t('common.messageDeleted') : (text?.replace(/\s+/g, ' ') ?? '…')}
          </span>
          {unread && <span className="sr-only">{t('rooms.mentionUnread')}</span>}
        </span>
      </a>
    </li>
  )
}
