import Button from '@mui/material/Button'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { SETTINGS } from '../chat/settings.ts'
import { t } from '../i18n/translate.ts'
import { useMinute } from '../ui/use-minute.ts'
import { quietChoices, quietWords } from './quiet-choices.ts'
import { QuietHoursForm } from './QuietHoursForm.tsx'

/** "Do not disturb": at once, and every week. */
export function QuietSettings() {
  const { setSetting } = useActions()
  const quietUntil = useChatState((state) => state.notifications.quietUntil)
  const asked = useChatState((state) => state.preferences.quietUntil)
  const now = useMinute(true)
  const isAsked = asked !== undefined && asked > now
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('notifications.doNotDisturb')}</h3>
      <p className="text-2">{t('notifications.doNotDisturbText')}</p>
      <p role="status" className="quiet-state">
        {quietUntil === undefined ? '' : quietWords(quietUntil, now)}
      </p>
      <div className="setting-actions">
        {isAsked ? (
          <Button variant="outlined" onClick={() => void setSetting(SETTINGS.quietUntil, null)}>
            {t('notifications.endQuiet')}
          </Button>
        ) : (
          quietChoices(now).map(({ title }, i) => (
            <Button key={title} variant="outlined" onClick={() => void setSetting(SETTINGS.quietUntil, quietChoices(Date.now())[i]?.until)}>
              {title}
            </Button>
          ))
        )}
      </div>
      <QuietHoursForm />
    </section>
  )
}
