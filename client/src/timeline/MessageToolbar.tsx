import AddReactionRounded from '@mui/icons-material/AddReactionRounded'
import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded'
import ReplyRounded from '@mui/icons-material/ReplyRounded'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { EmojiPicker } from '../emoji/EmojiPicker.tsx'
import { t } from '../i18n/translate.ts'
import { QUICK_EMOJI } from './emoji.ts'
import { mayAnswer, useMessageActions } from './message-actions.tsx'
import { useRoomUi } from './room-ui.tsx'

interface Props {
  message: MessageView
  /** Something of the toolbar has opened or closed: it stays while the pointer is elsewhere. */
  onOpen(open: boolean): void
}

/** Floats over a message that is pointed at or has the focus. */
export function MessageToolbar({ message, onOpen }: Props) {
  const ui = useRoomUi()
  const { react } = useActions()
  const actions = useMessageActions(message)
  const [picker, setPicker] = useState<HTMLElement | null>(null)
  const [menu, setMenu] = useState<HTMLElement | null>(null)
  const answerable = mayAnswer(ui, message)
  const menuActions = actions.filter((action) => action.name !== 'timeline.reply')
  if (actions.length === 0) return null

  const give = (emoji: string) => void react(ui.room.id, message.id, emoji, !message.reactions.some((r) => r.emoji === emoji && r.mine))
  const open = (set: (element: HTMLElement | null) => void) => (element: HTMLElement | null) => {
    set(element)
    onOpen(element !== null)
  }
  /** Leaves the focus on the message; what is done next (the composer, a question) takes it from there, and brings it back. */
  const shut = (set: (element: HTMLElement | null) => void) => {
    const row = (picker ?? menu)?.closest<HTMLElement>('[data-message]')
    // Before the focus moves, so that what is closing does not hold it.
    flushSync(() => set(null))
    row?.focus({ preventScroll: true })
  }
  const openPicker = open(setPicker)
  const openMenu = open(setMenu)

  return (
    <div className="toolbar" role="group" aria-label={t('timeline.actions')}>
      {answerable && (
        <>
          {QUICK_EMOJI.map(({ emoji, name }) => (
            <button key={emoji} type="button" className="toolbar-emoji" aria-label={t(name)} title={t(name)} onClick={() => give(emoji)}>
              {emoji}
            </button>
          ))}
          <button type="button" aria-label={t('timeline.react')} title={t('timeline.react')} aria-haspopup="dialog" onClick={(event) => openPicker(event.currentTarget)}>
            <AddReactionRounded fontSize="small" />
          </button>
          <button type="button" aria-label={t('timeline.reply')} title={t('timeline.reply')} onClick={() => ui.reply(message)}>
            <ReplyRounded fontSize="small" />
          </button>
        </>
      )}
      {menuActions.length > 0 && (
        <button type="button" aria-label={t('timeline.more')} title={t('timeline.more')} aria-haspopup="menu" aria-expanded={menu !== null} onClick={(event) => openMenu(event.currentTarget)}>
          <MoreHorizRounded fontSize="small" />
        </button>
      )}
      <EmojiPicker anchor={picker} onPick={give} onClose={() => shut(openPicker)} />
      <Menu
        open={menu !== null}
        anchorEl={menu}
        onClose={() => shut(openMenu)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        disableRestoreFocus
      >
        {menuActions.map((action) => (
          <MenuItem
            key={action.name}
            className={action.danger === true ? 'menu-danger' : undefined}
            onClick={() => {
              shut(openMenu)
              action.run()
            }}
          >
            {action.icon}
            {t(action.name)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
