import Tooltip from '@mui/material/Tooltip'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView, ReactionView } from '../chat/views.ts'
import { formatList } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { mayAnswer } from './message-actions.tsx'
import { useRoomUi } from './room-ui.tsx'

/** Names of people in the words on a reaction. */
const SHOWN = 6

/** Reactions as toggles: one's own are pressed. */
export function Reactions({ message }: { message: MessageView }) {
  const ui = useRoomUi()
  const { react } = useActions()
  if (message.reactions.length === 0) return null
  const fixed = !mayAnswer(ui, message)
  return (
    <div className="reactions">
      {message.reactions.map((reaction) => (
        <Tooltip key={reaction.emoji} title={people(reaction, ui.me.id)}>
          <button
            type="button"
            className={reaction.mine ? 'reaction reaction-mine' : 'reaction'}
            aria-pressed={reaction.mine}
            aria-label={`${reaction.emoji} ${reaction.count}`}
            aria-disabled={fixed}
            onClick={() => !fixed && void react(ui.room.id, message.id, reaction.emoji, !reaction.mine)}
          >
            <span aria-hidden="true">{reaction.emoji}</span>
            <span className="reaction-count" aria-hidden="true">
              {reaction.count}
            </span>
          </button>
        </Tooltip>
      ))}
    </div>
  )
}

function people(reaction: ReactionView, me: string): string {
  const names = reaction.users.map((user) => (user.id === me ? t('timeline.you') : user.displayName))
  const shown = names.slice(0, SHOWN)
  const others = Math.max(reaction.count, names.length) - shown.length
  return formatList(others === 0 ? shown : [...shown, t('common.others', { count: others })])
}
