import Switch from '@mui/material/Switch'
import { useId } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { SETTINGS } from '../chat/settings.ts'
import { t } from '../i18n/translate.ts'

/** Sound, and what notifications show. */
export function HowTheyAre() {
  const id = useId()
  const { setSetting } = useActions()
  const { sound, hideText } = useChatState(({ preferences }) => ({ sound: preferences.sound, hideText: preferences.hideText }))
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('notifications.howTheyAre')}</h3>
      <label className="setting-switch" htmlFor={`${id}-sound`}>
        {t('notifications.sound')}
        <Switch id={`${id}-sound`} checked={sound} onChange={(_, on) => void setSetting(SETTINGS.sound, on)} />
      </label>
      <label className="setting-switch" htmlFor={`${id}-text`}>
        {t('notifications.hideText')}
        <Switch id={`${id}-text`} checked={hideText} onChange={(_, on) => void setSetting(SETTINGS.hideText, on)} />
      </label>
      <p className="text-2">{t('notifications.howTheyAreText')}</p>
    </section>
  )
}
