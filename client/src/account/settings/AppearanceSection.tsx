import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { t } from '../../i18n/translate.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'
import { exampleClock } from '../../ui/format-time.ts'
import { LanguageSetting } from './LanguageSetting.tsx'
import { PreviewsSetting } from './PreviewsSetting.tsx'
import { ThemeSwitches } from '../ThemeSwitches.tsx'

/** The look of the app: the theme of this device, and what holds on all of them. */
export function AppearanceSection() {
  const { setSetting } = useActions()
  const { density, hours } = useChatState((state) => state.preferences)
  const densities = [
    { value: 'comfortable', title: t('settings.comfortable') },
    { value: 'compact', title: t('settings.compact'), text: t('settings.compactText') },
  ] as const
  const clocks = [
    { value: 'system', title: t('settings.clockOfDevice') },
    { value: '24', title: t('settings.clock24'), text: exampleClock('24') },
    { value: '12', title: t('settings.clock12'), text: exampleClock('12') },
  ] as const
  return (
    <>
      <section className="setting-group">
        <h3 className="setting-title">{t('settings.theme')}</h3>
        <p className="text-2">{t('settings.thisDevice')}</p>
        <ThemeSwitches />
      </section>
      <LanguageSetting />
      <section className="setting-group">
        <h3 className="setting-title">{t('settings.density')}</h3>
        <p className="text-2">{t('settings.allDevices')}</p>
        <ChoiceGroup label={t('settings.density')} value={density} choices={densities} onChange={(value) => void setSetting(SETTINGS.density, value)} />
      </section>
      <section className="setting-group">
        <h3 className="setting-title">{t('settings.clock')}</h3>
        <p className="text-2">{t('settings.allDevices')}</p>
        <ChoiceGroup label={t('settings.clock')} value={hours} choices={clocks} onChange={(value) => void setSetting(SETTINGS.hours, value)} />
      </section>
      <PreviewsSetting />
    </>
  )
}
