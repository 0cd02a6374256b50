import type { PasskeyInfo } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useChatState, useServer } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { AddPasskeyDialog } from './AddPasskeyDialog.tsx'
import { PasskeyRow } from './PasskeyRow.tsx'
import { RenamePasskeyDialog } from './RenamePasskeyDialog.tsx'

/** The account's passkeys. */
export function PasskeysSetting({ passkeys, onChange, onRenamed }: { passkeys: readonly PasskeyInfo[]; onChange(): void; onRenamed(): void }) {
  const { call } = useServer()
  const able = useChatState((state) => state.passkeys)
  const [adding, setAdding] = useState(false)
  const [renaming, setRenaming] = useState<PasskeyInfo>()
  const [removing, setRemoving] = useState<PasskeyInfo>()
  return (
    <section className="setting-group">
      <div className="setting-row">
        <div>
          <h3 className="setting-title">{t('settings.passkeys')}</h3>
          <p className="text-2">
            {able ? t('settings.passkeysText') : t('settings.passkeysNeedHttps')}
          </p>
        </div>
        {able && (
          <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => setAdding(true)}>
            {t('settings.addPasskey')}
          </Button>
        )}
      </div>
      {passkeys.length > 0 && (
        <ul className="setting-list" aria-label={t('settings.passkeys')}>
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRename={() => setRenaming(passkey)} onRemove={() => setRemoving(passkey)} />
          ))}
        </ul>
      )}
      <AddPasskeyDialog open={adding} onClose={() => setAdding(false)} onAdded={onChange} />
      <RenamePasskeyDialog passkey={renaming} onClose={() => setRenaming(undefined)} onRenamed={onRenamed} />
      <PasswordDialog
        open={removing !== undefined}
        title={t('settings.removeQuestion', { name: removing?.name ?? '' })}
        text={t('settings.removePasskeyText')}
        confirm={t('settings.remove')}
        danger
        onClose={() => setRemoving(undefined)}
        onConfirm={async (password) => {
          const answer = await call('POST', `/api/auth/passkeys/${removing?.id}/remove`, { password })
          if (answer.ok) {
            setRemoving(undefined)
            onChange()
          }
          return answer
        }}
      />
    </section>
  )
}
