import Drawer from '@mui/material/Drawer'
import MenuItem from '@mui/material/MenuItem'
import MenuList from '@mui/material/MenuList'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/contract.ts'
import { PICKER_EMOJI } from './emoji.ts'
import { mayAnswer, useMessageActions } from './message-actions.tsx'
import { useRoomUi } from './room-ui.tsx'

/** What a long press on a message brings up from the bottom of a touch screen. */
export function ActionSheet({ message, open, onClose }: { message: MessageView; open: boolean; onClose(): void }) {
  const ui = useRoomUi()
  const { react } = useActions()
  const actions = useMessageActions(message)
  return (
    <Drawer
      anchor="bottom"
      open={open}
      onClose={onClose}
      disableRestoreFocus
      slotProps={{ paper: { 'aria-label': 'Message actions', role: 'dialog', sx: { borderRadius: '16px 16px 0 0', backgroundImage: 'none', pb: 'env(safe-area-inset-bottom)' } } }}
    >
      {mayAnswer(ui, message) && (
        <div className="sheet-emoji">
          {[0, 1, 8, 12, 17, 36].map((index) => PICKER_EMOJI[index]).map(
            (emoji) =>
              emoji !== undefined && (
                <button
                  key={emoji}
                  type="button"
                  aria-label={emoji}
                  onClick={() => {
                    void react(ui.room.id, message.id, emoji, !message.reactions.some((r) => r.emoji === emoji && r.mine))
                    onClose()
                  }}
                >
                  {emoji}
                </button>
              ),
          )}
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
            {action.name}
          </MenuItem>
        ))}
      </MenuList>
    </Drawer>
  )
}
