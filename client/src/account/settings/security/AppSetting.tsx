import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
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
          <h3 className="setting-title">Authenticator app</h3>
          <p className="text-2">{on ? 'On. Signing in asks for a code of your app.' : 'Off. An app on your phone shows a code that changes every 30 seconds.'}</p>
        </div>
        <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => setDialog(on ? 'remove' : 'set-up')}>
          {on ? 'Remove app' : 'Set up app'}
        </Button>
      </div>
      <AppSetupDialog open={dialog === 'set-up'} onClose={close} onDone={onChange} />
      <PasswordDialog
        open={dialog === 'remove'}
        title="Remove the authenticator app?"
        text="Signing in no longer asks for its codes."
        confirm="Remove"
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
