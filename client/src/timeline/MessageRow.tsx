import PushPinRounded from '@mui/icons-material/PushPinRounded'
import { memo, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import type { MessageView } from '../chat/views.ts'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { formatFull, formatShortClock } from '../ui/format-time.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { ActionSheet } from './ActionSheet.tsx'
import { DeliveryMark } from './DeliveryMark.tsx'
import { MessageText } from './MessageText.tsx'
import { MessageToolbar } from './MessageToolbar.tsx'
import { ReadBy } from './ReadBy.tsx'
import { Reactions } from './Reactions.tsx'
import { Rejection } from './Rejection.tsx'
import { ReplyQuote } from './ReplyQuote.tsx'
import { LinkPreviews } from './previews/LinkPreviews.tsx'
import { ThreadLine } from './ThreadLine.tsx'
import { describeMessage, timeWords } from './describe-message.ts'
import { timeOf } from './grouping.ts'
import { useRoomUi } from './room-ui.tsx'
import { useLongPress } from './use-long-press.ts'
import './message.css'
import './thread-line.css'

interface Props {
  message: MessageView
  grouped: boolean
  /** The jump has just landed here. */
  highlighted: boolean
}

/** One message: who, when, what, and what may be done with it when pointed at or focused. */
export const MessageRow = memo(function MessageRow({ message, grouped, highlighted }: Props) {
  useLanguage()
  const [hovered, setHovered] = useState(false)
  const [focused, setFocused] = useState(false)
  const [toolOpen, setToolOpen] = useState(false)
  const [sheet, setSheet] = useState(false)
  const press = useLongPress(() => setSheet(true))
  const active = hovered || focused || toolOpen

  function onBlur(event: FocusEvent<HTMLElement>): void {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
  }

  /** Esc leads from the message's buttons back to it, the key for menus to what may be done with it. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const row = event.currentTarget
    if (event.defaultPrevented || !(event.target instanceof Node) || !row.contains(event.target)) return
    if (event.key === 'Escape' && event.target !== row) row.focus()
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) row.querySelector<HTMLElement>('.toolbar [aria-haspopup="menu"]')?.click()
    else return
    event.preventDefault()
  }

  const classes = [
    'message',
    grouped && 'message-grouped',
    active && 'message-active',
    message.mentionsMe && 'message-mention',
    message.delivery === 'rejected' && 'message-refused',
    highlighted && 'message-highlighted',
  ]
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointing, focus and long press bring up the toolbar's buttons
    <article
      className={classes.filter(Boolean).join(' ')}
      aria-label={describeMessage(message)}
      data-message={message.id}
      tabIndex={-1}
      onFocus={() => setFocused(true)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      {...press}
      // A finger does not hover: it taps (which gives the focus) or rests.
      onPointerEnter={(event) => setHovered(event.pointerType !== 'touch')}
      onPointerLeave={() => {
        setHovered(false)
        press.onPointerLeave()
      }}
    >
      <div className="message-side">
        {grouped ? (
          <time className="message-side-time" dateTime={new Date(timeOf(message)).toISOString()} title={formatFull(timeOf(message))}>
            {formatShortClock(timeOf(message))}
          </time>
        ) : (
          <PersonAvatar id={message.author.id} name={message.author.displayName} avatar={message.author.avatar} />
        )}
      </div>
      <div className="message-main">
        {!grouped && <Head message={message} />}
        {message.replyTo !== undefined && <ReplyQuote to={message.replyTo} root={message.root} />}
        {message.deleted ? <p className="message-deleted">{message.deletedBy === undefined ? t('common.messageDeleted') : rich('timeline.deletedBy', { name: <bdi>{message.deletedBy.displayName}</bdi> })}</p> : <MessageText text={message.text} by={message.author.displayName} everyone={message.mentionsRoom === true} />}
        {message.previews !== undefined && <LinkPreviews message={message} />}
        {grouped && <Notes message={message} />}
        {message.rejection !== undefined && <Rejection message={message} rejection={message.rejection} />}
        <Reactions message={message} />
        <ThreadLine message={message} />
      </div>
      <div className="message-mark">
        <DeliveryMark message={message} />
      </div>
      <ReadBy people={message.readBy} />
      {active && <MessageToolbar message={message} onOpen={setToolOpen} />}
      {sheet && <ActionSheet message={message} open onClose={() => setSheet(false)} />}
    </article>
  )
})

function Head({ message }: { message: MessageView }) {
  const { showPerson } = useRoomUi()
  const time = timeOf(message)
  return (
    <div className="message-head">
      <button type="button" className="message-author person-name ellipsis" tabIndex={-1} onClick={(event) => showPerson(message.author, event.currentTarget)}>
        <bdi>{message.author.displayName}</bdi>
      </button>
      <time className="message-time" dateTime={new Date(time).toISOString()} title={formatFull(time)}>
        {timeWords(message)}
      </time>
      <Notes message={message} />
    </div>
  )
}

/** Edited, pinned: small words after the time, or after the text of a grouped message. */
function Notes({ message }: { message: MessageView }) {
  if (message.deleted || (message.editedAt === undefined && !message.pinned)) return null
  return (
    <span className="message-notes">
      {message.editedAt !== undefined && <span title={formatFull(message.editedAt)}>{t('timeline.edited')}</span>}
      {message.pinned && (
        <span className="message-pinned">
          <PushPinRounded aria-hidden="true" />
          {t('timeline.pinned')}
        </span>
      )}
    </span>
  )
}
