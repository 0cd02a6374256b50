import Button from '@mui/material/Button'
import { useState } from 'react'
import { DeleteAccountDialog } from './DeleteAccountDialog.tsx'

/** The way to the end of the account. */
export function DeleteAccount() {
  const [open, setOpen] = useState(false)
  return (
    <section className="setting-group">
      <h3 className="setting-title">Delete my account</h3>
      <p className="text-2">For good. Your name, address and picture go from everywhere; you choose what becomes of your messages.</p>
      <div className="setting-actions">
        <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
          Delete account
        </Button>
      </div>
      {open && <DeleteAccountDialog onClose={() => setOpen(false)} />}
    </section>
  )
}
