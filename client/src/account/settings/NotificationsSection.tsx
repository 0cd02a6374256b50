import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { t } from '../../i18n/translate.ts'
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
        <h3 className="setting-title">{t('settings.whatToNotice')}</h3>
        <p className="text-2">{t('settings.whatToNoticeText')}</p>
        <ChoiceGroup label={t('settings.whatToNotice')} value={notify} choices={levels()} onChange={(value) => void setSetting(SETTINGS.notify, value)} />
      </section>
      <OwnLevels />
    </>
  )
}
