import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { t } from '../i18n/translate.ts'
import { KEYS, strokeWords } from './keys.ts'
import type { KeyEntry } from './keys.ts'
import './keys-dialog.css'

/** Every key of the app, by where it works. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const id = useId()
  const groups = Map.groupBy<KeyEntry['group'], KeyEntry>(Object.values(KEYS), (entry) => entry.group)
  return (
    <Dialog open={open} onClose={onClose} maxWidth="md" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('app.keyboard')}</DialogTitle>
      {/* Scrolls, so it must be reachable. */}
      <DialogContent className="keys" tabIndex={0}>
        {[...groups].map(([group, entries]) => (
          <section key={group} className="keys-group" aria-label={t(group)}>
            <h3 className="keys-title">{t(group)}</h3>
            <dl>
              {entries.map((entry) => (
                <div key={entry.does} className="keys-row">
                  <dt>{t(entry.does)}</dt>
                  <dd>
                    {strokeWords(entry).map((word) => (
                      <kbd key={word}>{word}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
