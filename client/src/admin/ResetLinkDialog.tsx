import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import type { AdminUser, ResetLink } from '@chatflow/shared/api/admin'
import { useId, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import type { Answer } from '../chat/contract.ts'
import { said } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { FormError } from '../ui/FormError.tsx'

/** Makes a link on demand, not on opening: each one voids the one before. */
export function ResetLinkDialog({ user, onClose }: { user: AdminUser; onClose(): void }) {
  const titleId = useId()
  const { call } = useServer()
  const [answer, setAnswer] = useState<Answer<ResetLink>>()
  const make = async () => setAnswer(await call<ResetLink>('POST', `/api/auth/admin/users/${user.id}/reset-link`, {}))
  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('admin.passwordFor', { name: user.displayName })}</DialogTitle>
      <DialogContent>
        <p className="text-2">
          {t('admin.resetText')}
        </p>
        {answer?.ok === true && (
          <div className="admin-made">
            <CopyField label={t('admin.resetLink')} value={answer.value.url} />
          </div>
        )}
        {answer?.ok === false && <FormError>{said(answer.says)}</FormError>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {answer?.ok === true ? t('admin.done') : t('common.cancel')}
        </Button>
        {answer?.ok !== true && (
          <Button variant="contained" onClick={() => void make()}>
            {t('admin.makeLink')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
