import type { RecoveryCodes } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { plural } from '../../../ui/plural.ts'
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
          <h3 className="setting-title">Recovery codes</h3>
          <p className="text-2">{plural(left, 'code')} left. New ones make the old ones void.</p>
        </div>
        <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => setAsking(true)}>
          Make new codes
        </Button>
      </div>
      <PasswordDialog
        open={asking}
        title="Make new recovery codes?"
        text="The codes that you have saved before stop working."
        confirm="Make new codes"
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
