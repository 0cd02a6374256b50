import Drawer from '@mui/material/Drawer'
import MenuItem from '@mui/material/MenuItem'
import MenuList from '@mui/material/MenuList'
import AddReactionRounded from '@mui/icons-material/AddReactionRounded'
import { useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { EmojiPicker } from '../emoji/EmojiPicker.tsx'
import { t } from '../i18n/translate.ts'
import { SHEET_EMOJI } from './emoji.ts'
import { mayAnswer, useMessageActions } from './message-actions.tsx'
import { useRoomUi } from './room-ui.tsx'

/** What a long press on a message brings up from the bottom of a touch screen. */
export function ActionSheet({ message, open, onClose }: { message: MessageView; open: boolean; onClose(): void }) {
  const ui = useRoomUi()
  const { react } = useActions()
  const actions = useMessageActions(message)
  const [picker, setPicker] = useState<HTMLElement | null>(null)
  const give = (emoji: string) => {
    void react(ui.room.id, message.id, emoji, !message.reactions.some((r) => r.emoji === emoji && r.mine))
    onClose()
  }
  return (
    <Drawer
      anchor="bottom"
      open={open}
      onClose={onClose}
      disableRestoreFocus
      slotProps={{ paper: { 'aria-label': t('timeline.actions'), role: 'dialog', sx: { borderRadius: '16px 16px 0 0', backgroundImage: 'none', pb: 'env(safe-area-inset-bottom)' } } }}
    >
      {mayAnswer(ui, message) && (
        <div className="sheet-emoji">
          {SHEET_EMOJI.map((emoji) => (
            <button key={emoji} type="button" aria-label={emoji} onClick={() => give(emoji)}>
              {emoji}
            </button>
          ))}
          <button type="button" aria-label={t('timeline.otherEmoji')} aria-haspopup="dialog" onClick={(event) => setPicker(event.currentTarget)}>
            <AddReactionRounded />
          </button>
          <EmojiPicker anchor={picker} onPick={give} onClose={() => setPicker(null)} />
        </div>
      )}
      <MenuList sx={{ p: 2 }}>
        {actions.map((action) => (
          <MenuItem
            key={action.name}
            className={action.danger === true ? 'menu-danger' : undefined}
            onClick={() => {
              onClose()
              action.run()
            }}
          >
            {action.icon}
            {t(action.name)}
          </MenuItem>
        ))}
      </MenuList>
    </Drawer>
  )
}
