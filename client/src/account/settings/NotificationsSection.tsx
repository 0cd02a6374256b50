import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'

const LEVELS = [
  { value: 'all', title: 'Every message', text: 'Rooms with something new are bold.' },
  { value: 'mentions', title: 'What is meant for me', text: 'Mentions, and messages in direct conversations.' },
  { value: 'none', title: 'Mentions only', text: 'As in a muted room: everything else stays quiet.' },
] as const

/** What the sidebar makes of new messages. */
export function NotificationsSection() {
  const { setSetting } = useActions()
  const notify = useChatState((state) => state.preferences.notify)
  return (
    <section className="setting-group">
      <h3 className="setting-title">What I want to notice</h3>
      <p className="text-2">For bold rooms, badges and the number in the title of the tab. A room that you mute or unmute in its own menu keeps that. Applies to all your devices.</p>
      <ChoiceGroup label="What I want to notice" value={notify} choices={LEVELS} onChange={(value) => void setSetting(SETTINGS.notify, value)} />
    </section>
  )
}
