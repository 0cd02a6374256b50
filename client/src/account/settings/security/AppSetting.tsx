import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { AppSetupDialog } from './AppSetupDialog.tsx'

/** The authenticator app: set up or not. */
export function AppSetting({ on, onChange }: { on: boolean; onChange(): void }) {
  const { call } = useServer()
  const [dialog, setDialog] = useState<'set-up' | 'remove'>()
  const close = () => setDialog(undefined)
  return (
    <section className="setting-group">
      <div className="setting-row">
        <div>
          <h3 className="setting-title">{t('settings.app')}</h3>
          <p className="text-2">{on ? t('settings.appOn') : t('settings.appOff')}</p>
        </div>
        <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => setDialog(on ? 'remove' : 'set-up')}>
          {on ? t('settings.removeApp') : t('settings.setUpApp')}
        </Button>
      </div>
      <AppSetupDialog open={dialog === 'set-up'} onClose={close} onDone={onChange} />
      <PasswordDialog
        open={dialog === 'remove'}
        title={t('settings.removeAppQuestion')}
        text={t('settings.removeAppText')}
        confirm={t('settings.remove')}
        danger
        onClose={close}
        onConfirm={async (password) => {
          const answer = await call('POST', '/api/auth/totp/disable', { password })
          if (answer.ok) {
            close()
            onChange()
          }
          return answer
        }}
      />
    </section>
  )
}
