import { ThemeSwitches } from '../ThemeSwitches.tsx'

/** The look of the app on this device. */
export function AppearanceSection() {
  return (
    <section className="setting-group">
      <h3 className="setting-title">Theme</h3>
      <p className="text-2">Applies to this device.</p>
      <ThemeSwitches />
    </section>
  )
}
