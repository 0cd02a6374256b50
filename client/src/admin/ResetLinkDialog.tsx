import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import type { AdminUser, ResetLink } from '@chatflow/shared/api/admin'
import { useId, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import type { Answer } from '../chat/contract.ts'
import { CopyField } from '../ui/CopyField.tsx'

/** Makes a link on demand, not on opening: each one voids the one before. */
export function ResetLinkDialog({ user, onClose }: { user: AdminUser; onClose(): void }) {
  const titleId = useId()
  const { call } = useServer()
  const [answer, setAnswer] = useState<Answer<ResetLink>>()
  const make = async () => setAnswer(await call<ResetLink>('POST', `/api/auth/admin/users/${user.id}/reset-link`, {}))
  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>New password for {user.displayName}</DialogTitle>
      <DialogContent>
        <p className="text-2">
          Whoever opens the link sets a new password for this account. Hand it over in person or over a channel that you trust. It works once, for 30 minutes, and voids earlier ones.
        </p>
        {answer?.ok === true && (
          <div className="admin-made">
            <CopyField label="Link for a new password" value={answer.value.url} />
          </div>
        )}
        {answer?.ok === false && (
          <p className="form-error" role="alert">
            {answer.message}
          </p>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {answer?.ok === true ? 'Done' : 'Cancel'}
        </Button>
        {answer?.ok !== true && (
          <Button variant="contained" onClick={() => void make()}>
            Make link
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
