import type { RecoveryCodes } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'

/** How many recovery codes are left, and new ones. */
export function RecoverySetting({ left, onChange }: { left: number; onChange(): void }) {
  const { call } = useServer()
  const [asking, setAsking] = useState(false)
  const [codes, setCodes] = useState<string[]>()
  return (
    <section className="setting-group">
      <div className="setting-row">
        <div>
          <h3 className="setting-title">{t('settings.recoveryCodes')}</h3>
          <p className="text-2">{t('settings.codesLeft', { count: left })}</p>
        </div>
        <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => setAsking(true)}>
          {t('settings.makeNewCodes')}
        </Button>
      </div>
      <PasswordDialog
        open={asking}
        title={t('settings.makeNewCodesQuestion')}
        text={t('settings.makeNewCodesText')}
        confirm={t('settings.makeNewCodes')}
        onClose={() => setAsking(false)}
        onConfirm={async (password) => {
          const answer = await call<RecoveryCodes>('POST', '/api/auth/recovery-codes', { password })
          if (answer.ok) {
            setAsking(false)
            setCodes(answer.value.recoveryCodes)
          }
          return answer
        }}
      />
      <RecoveryCodesDialog
        codes={codes}
        onClose={() => {
          setCodes(undefined)
          onChange()
        }}
      />
    </section>
  )
}
