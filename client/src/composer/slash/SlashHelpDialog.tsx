import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { t } from '../../i18n/translate.ts'
import { commandsFor, type SlashPlace } from './slash-commands.ts'
import './slash-help.css'

/** The commands that may be written here. */
export function SlashHelpDialog({ place, onClose }: { place: SlashPlace; onClose(): void }) {
  const id = useId()
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('composer.commands')}</DialogTitle>
      {/* Scrolls, so it must be reachable. */}
      <DialogContent tabIndex={0}>
        <dl className="slash-help">
          {commandsFor(place).map(({ name, args, help }) => (
            <div key={name} className="slash-help-row">
              <dt>
                <strong>/{name}</strong> <span className="text-2">{args !== undefined && t(args)}</span>
              </dt>
              <dd>{t(help)}</dd>
            </div>
          ))}
        </dl>
        <p className="text-2">{t('composer.slashHint')}</p>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
