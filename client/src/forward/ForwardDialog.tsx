import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { LIMITS } from '@chatflow/shared/limits'
import { can } from '@chatflow/shared/permissions'
import { useId, useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useActions, useChatState, useMe } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import { jumpEntries, rankEntries } from '../rooms/jump/jump-entries.ts'
import type { JumpEntry } from '../rooms/jump/jump-entries.ts'
import { JumpRow } from '../rooms/jump/JumpRow.tsx'
import { recentRooms } from '../rooms/jump/recent-rooms.ts'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { forwardedText } from './forwarded-text.ts'
import './forward.css'

const SHOWN = 8

/** Forwards a message into another room, or to a person, with a comment if wanted. Also without a network: it waits like any message. */
export function ForwardDialog({ message, onClose }: { message: MessageView | undefined; onClose(): void }) {
  return (
    <Dialog open={message !== undefined} onClose={onClose} fullWidth maxWidth="xs" aria-label={t('forward.title')}>
      {message !== undefined && <Forward message={message} onClose={onClose} />}
    </Dialog>
  )
}

function Forward({ message, onClose }: { message: MessageView; onClose(): void }) {
  const listId = useId()
  const me = useMe()
  const rooms = useChatState((state) => state.rooms)
  const { knownPeople, startDirect, sendMessage } = useActions()
  const [query, setQuery] = useState('')
  const [comment, setComment] = useState('')
  const [chosen, setChosen] = useState<JumpEntry>()
  const [moved, setMoved] = useState(0)
  const [failed, setFailed] = useState(false)
  const [recent] = useState(() => recentRooms(me.id))
  const [known] = useState(() => (can(me, 'room.create', { room: { kind: 'dm' } }) ? knownPeople() : []))
  const entries = useMemo(
    () => jumpEntries({ rooms: rooms.filter((room) => can({ id: me.id, role: me.role, roomRole: room.role }, 'message.send', { room })), people: known, directory: [], me: me.id }),
    [rooms, known, me],
  )
  const found = rankEntries(entries, query, { recent, open: undefined }).slice(0, SHOWN)
  const index = Math.min(moved, found.length - 1)
  const text = forwardedText(message, comment, location.origin)
  const tooLong = text.length > LIMITS.messageText

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setMoved((index + 1) % Math.max(1, found.length))
    else if (event.key === 'ArrowUp') setMoved((index + found.length - 1) % Math.max(1, found.length))
    else if (event.key === 'Enter' && found[index] !== undefined) setChosen(found[index])
    else return
    event.preventDefault()
  }

  async function forward(to: JumpEntry): Promise<void> {
    setFailed(false)
    try {
      await sendMessage(to.what === 'person' ? await startDirect([to.person.id]) : to.key, text)
      onClose()
    } catch {
      setFailed(true)
    }
  }

  return (
    <>
      <DialogTitle>{t('forward.title')}</DialogTitle>
      <DialogContent>
        <blockquote className="forward-quote" dir="auto">
          <strong>{message.author.displayName}</strong> {message.text.replace(/\s+/g, ' ').slice(0, 200)}
        </blockquote>
        {chosen === undefined ? (
          <>
            <Field
              label={t('forward.to')}
              value={query}
              autoFocus
              onChange={(next) => {
                setQuery(next)
                setMoved(0)
              }}
              inputProps={{
                role: 'combobox',
                'aria-expanded': found.length > 0,
                'aria-controls': listId,
                'aria-autocomplete': 'list',
                ...(found.length === 0 ? {} : { 'aria-activedescendant': `${listId}-${index}` }),
                autoComplete: 'off',
                placeholder: t('forward.hint'),
                onKeyDown,
              }}
            />
            <div id={listId} className="forward-list" role="listbox" aria-label={t('forward.roomsAndPeople')}>
              {found.map((entry, i) => (
                <JumpRow key={entry.key} id={`${listId}-${i}`} entry={entry} chosen={i === index} onPick={() => setChosen(entry)} />
              ))}
            </div>
            {found.length === 0 && <p className="forward-note">{t('forward.nothingCalled', { query: query.trim() })}</p>}
          </>
        ) : (
          <>
            <p className="forward-to">
              {rich('forward.toWhom', { name: <strong dir="auto">{chosen.name}</strong> })}
              <Button size="small" onClick={() => setChosen(undefined)}>
                {t('forward.change')}
              </Button>
            </p>
            <Field label={t('forward.comment')} value={comment} autoFocus multiline maxRows={5} onChange={setComment} hint={t('forward.optional')} {...(tooLong ? { error: t('forward.tooLong') } : {})} />
          </>
        )}
        {failed && <FormError>{t('common.notKept')}</FormError>}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="contained" disabled={chosen === undefined || tooLong} onClick={() => chosen !== undefined && void forward(chosen)}>
          {t('forward.forward')}
        </Button>
      </DialogActions>
    </>
  )
}
