import type { DirectoryUser } from '@chatflow/shared/api/chat'
import { LIMITS } from '@chatflow/shared/limits'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import { FormError } from '../ui/FormError.tsx'

/** Opens the conversation of oneself and the chosen people; there is only one for each set of people. */
export function NewDirectDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const titleId = useId()
  const { startDirect } = useActions()
  const [people, setPeople] = useState<DirectoryUser[]>([])
  const [failed, setFailed] = useState<PlainKey>()
  const tooMany = people.length > LIMITS.membersInDm - 1
  const close = () => {
    setPeople([])
    setFailed(undefined)
    onClose()
  }

  function start(): void {
    if (people.length === 0 || tooMany) return
    startDirect(people.map((person) => person.id)).then(
      (room) => {
        close()
        navigate({ room })
      },
      () => setFailed('common.notKept'),
    )
  }

  return (
    <Dialog open={open} onClose={close} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('rooms.newDirect')}</DialogTitle>
      <DialogContent className="form">
        <PeoplePicker label={t('rooms.people')} value={people} onChange={setPeople} autoFocus hint={t('rooms.directHint')} />
        {(tooMany || failed !== undefined) && <FormError>{tooMany ? t('rooms.tooManyInDirect', { most: LIMITS.membersInDm }) : failed && t(failed)}</FormError>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" aria-disabled={people.length === 0 || tooMany} onClick={start}>
          {t('rooms.open')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
