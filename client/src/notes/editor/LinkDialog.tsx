import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import type { Command } from 'prosemirror-state'
import { useId, useState, type FormEvent } from 'react'
import { flushSync } from 'react-dom'
import { sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { useSentence } from '../../i18n/use-sentence.ts'
import { Field } from '../../ui/Field.tsx'
import { setLink } from './commands.ts'
import { typedLink } from './safe-link.ts'

interface Props {
  open: boolean
  /** The address that the selection is linked to already. */
  link: string | undefined
  onClose(): void
  onSet(command: Command): void
}

/** Asks where a link leads. */
export function LinkDialog({ open, ...props }: Props) {
  const id = useId()
  return (
    <Dialog open={open} onClose={props.onClose} maxWidth="xs" aria-labelledby={id}>
      <DialogTitle id={id}>{t('notes.linkTitle')}</DialogTitle>
      {open && <Ask {...props} />}
    </Dialog>
  )
}

function Ask({ link, onClose, onSet }: Omit<Props, 'open'>) {
  const [text, setText] = useState(link ?? '')
  const [error, setError] = useSentence()

  /** Closed at once: it gives the focus back before the text takes it. */
  function set(command: Command): void {
    flushSync(onClose)
    onSet(command)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    // A form within the tree of the room's own.
    event.stopPropagation()
    const href = typedLink(text)
    if (href === undefined) return setError(sentence('notes.addressWrong'))
    set(setLink(href))
  }

  return (
    <form onSubmit={submit} noValidate>
      <DialogContent className="form">
        <Field label={t('notes.address')} value={text} onChange={setText} error={error} autoFocus inputProps={{ maxLength: 2_048, inputMode: 'url', autoComplete: 'off', spellCheck: false }} />
      </DialogContent>
      <DialogActions>
        {link !== undefined && (
          <Button
            color="error"
            onClick={() => set(setLink(undefined))}
          >
            {t('notes.removeLink')}
          </Button>
        )}
        <Button variant="outlined" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" variant="contained">
          {t('notes.setLink')}
        </Button>
      </DialogActions>
    </form>
  )
}
