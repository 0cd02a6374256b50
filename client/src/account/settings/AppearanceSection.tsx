import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'
import { PreviewsSetting } from './PreviewsSetting.tsx'
import { ThemeSwitches } from '../ThemeSwitches.tsx'

const DENSITIES = [
  { value: 'comfortable', title: 'Comfortable' },
  { value: 'compact', title: 'Compact', text: 'Smaller pictures and less space: more messages on the screen.' },
] as const

const HOURS = [
  { value: 'system', title: 'As this device writes it' },
  { value: '24', title: '24 hours', text: '21:05' },
  { value: '12', title: '12 hours', text: '9:05 PM' },
] as const

/** The look of the app: the theme of this device, and what holds on all of them. */
export function AppearanceSection() {
  const { setSetting } = useActions()
  const { density, hours } = useChatState((state) => state.preferences)
  return (
    <>
      <section className="setting-group">
        <h3 className="setting-title">Theme</h3>
        <p className="text-2">Applies to this device.</p>
        <ThemeSwitches />
      </section>
      <section className="setting-group">
        <h3 className="setting-title">Density</h3>
        <p className="text-2">Applies to all your devices.</p>
        <ChoiceGroup label="Density" value={density} choices={DENSITIES} onChange={(value) => void setSetting(SETTINGS.density, value)} />
      </section>
      <section className="setting-group">
        <h3 className="setting-title">Clock</h3>
        <p className="text-2">Applies to all your devices.</p>
        <ChoiceGroup label="Clock" value={hours} choices={HOURS} onChange={(value) => void setSetting(SETTINGS.hours, value)} />
      </section>
      <PreviewsSetting />
    </>
  )
}
