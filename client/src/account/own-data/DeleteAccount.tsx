import Button from '@mui/material/Button'
import { useState } from 'react'
import { t } from '../../i18n/translate.ts'
import { DeleteAccountDialog } from './DeleteAccountDialog.tsx'

/** The way to the end of the account. */
export function DeleteAccount() {
  const [open, setOpen] = useState(false)
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.deleteMyAccount')}</h3>
      <p className="text-2">{t('settings.deleteForGood')}</p>
      <div className="setting-actions">
        <Button variant="outlined" color="error" onClick={() => setOpen(true)}>
          {t('settings.deleteAccount')}
        </Button>
      </div>
      {open && <DeleteAccountDialog onClose={() => setOpen(false)} />}
    </section>
  )
}
