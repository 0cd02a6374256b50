import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { t } from '../../i18n/translate.ts'
import { HowTheyAre } from '../../notify/HowTheyAre.tsx'
import { OnThisDevice } from '../../notify/OnThisDevice.tsx'
import { PushDevices } from '../../notify/PushDevices.tsx'
import { QuietSettings } from '../../notify/QuietSettings.tsx'
import { levels } from '../../rooms/level-words.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'
import { OwnLevels } from './OwnLevels.tsx'

/** Of what the person is told, how, and when not. */
export function NotificationsSection() {
  const { setSetting } = useActions()
  const notify = useChatState((state) => state.preferences.notify)
  return (
    <>
      <OnThisDevice />
      <section className="setting-group">
        <h3 className="setting-title">{t('settings.whatToNotice')}</h3>
        <p className="text-2">{t('settings.whatToNoticeText')}</p>
        <ChoiceGroup label={t('settings.whatToNotice')} value={notify} choices={levels()} onChange={(value) => void setSetting(SETTINGS.notify, value)} />
      </section>
      <OwnLevels />
      <QuietSettings />
      <HowTheyAre />
      <PushDevices />
    </>
  )
}
