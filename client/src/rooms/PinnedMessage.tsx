import PushPinRounded from '@mui/icons-material/PushPinRounded'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import Skeleton from '@mui/material/Skeleton'
import Tooltip from '@mui/material/Tooltip'
import type { Id } from '@chatflow/shared/ids'
import { memo } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { MessageText } from '../timeline/MessageText.tsx'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { formatClock, formatFull, formatShortDate } from '../ui/format-time.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'

/** A pinned message with the way to its place, and for those who may the way to take the pin out. Undefined: not here yet. */
export const PinnedMessage = memo(function PinnedMessage({ id, seq, message }: { id: Id; seq: number; message: MessageView | undefined }) {
  useLanguage()
  const ui = useRoomUi()
  const { pin } = useActions()
  const at = message?.receivedAt ?? message?.sentAt
  return (
    <li className="pin">
      {message === undefined || at === undefined ? (
        <NotHere />
      ) : (
        <>
          <div className="pin-head">
            <PersonAvatar id={message.author.id} name={message.author.displayName} avatar={message.author.avatar} size={28} />
            <span className="pin-author ellipsis">
              <bdi>{message.author.displayName}</bdi>
            </span>
            <time className="text-3 pin-time" dateTime={new Date(at).toISOString()} title={formatFull(at)}>
              {formatShortDate(at)}, {formatClock(at)}
            </time>
          </div>
          <div className="pin-text">
            <MessageText text={message.text} by={message.author.displayName} />
          </div>
        </>
      )}
      <div className="pin-foot">
        <Button size="small" color="primary" onClick={() => ui.jumpTo(seq)}>
          {t('rooms.goToMessage')}
        </Button>
        {mayDo(ui, 'message.pin') && (
          <Tooltip title={t('common.unpin')}>
            <IconButton size="small" aria-label={t('common.unpin')} onClick={() => void pin(ui.room.id, id, false)}>
              <PushPinRounded />
            </IconButton>
          </Tooltip>
        )}
      </div>
    </li>
  )
})

function NotHere() {
  const offline = useChatState((state) => state.connection.state !== 'connected')
  if (offline) return <p className="text-2 pin-missing">{t('rooms.pinNotHere')}</p>
  return (
    <div aria-busy="true">
      <Skeleton width="45%" />
      <Skeleton width="85%" />
    </div>
  )
}
