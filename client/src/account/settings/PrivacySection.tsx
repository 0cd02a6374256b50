import Switch from '@mui/material/Switch'
import { useId } from 'react'
import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { t } from '../../i18n/translate.ts'
import './privacy.css'

/** What others learn of the person without being told. */
export function PrivacySection() {
  const id = useId()
  const { setSetting } = useActions()
  const { showPresence, showReceipts } = useChatState((state) => state.preferences)
  return (
    <>
      <section className="setting-group">
        <h3 className="setting-title">{t('settings.presence')}</h3>
        <label className="setting-switch" htmlFor={`${id}-presence`}>
          {t('settings.showPresence')}
          <Switch id={`${id}-presence`} checked={showPresence} onChange={(_, on) => void setSetting(SETTINGS.showPresence, on)} />
        </label>
        <p className="text-2">
          {t('settings.showPresenceText')}
        </p>
      </section>
      <section className="setting-group">
        <h3 className="setting-title">{t('settings.receipts')}</h3>
        <label className="setting-switch" htmlFor={`${id}-receipts`}>
          {t('settings.showReceipts')}
          <Switch id={`${id}-receipts`} checked={showReceipts} onChange={(_, on) => void setSetting(SETTINGS.showReceipts, on)} />
        </label>
        <p className="text-2">{t('settings.showReceiptsText')}</p>
      </section>
    </>
  )
}
