import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { levels } from '../../rooms/level-words.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'
import { OwnLevels } from './OwnLevels.tsx'

/** What the sidebar makes of new messages. */
export function NotificationsSection() {
  const { setSetting } = useActions()
  const notify = useChatState((state) => state.preferences.notify)
  return (
    <>
      <section className="setting-group">
        <h3 className="setting-title">What I want to notice</h3>
        <p className="text-2">For bold rooms, badges and the number in the title of the tab. A room with a level of its own keeps that. Applies to all your devices.</p>
        <ChoiceGroup label="What I want to notice" value={notify} choices={levels()} onChange={(value) => void setSetting(SETTINGS.notify, value)} />
      </section>
      <OwnLevels />
    </>
  )
}
