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
import { jumpEntries, rankEntries } from '../rooms/jump/jump-entries.ts'
import type { JumpEntry } from '../rooms/jump/jump-entries.ts'
import { JumpRow } from '../rooms/jump/JumpRow.tsx'
import { recentRooms } from '../rooms/jump/recent-rooms.ts'
import { Field } from '../ui/Field.tsx'
import { forwardedText } from './forwarded-text.ts'
import './forward.css'

const SHOWN = 8

/** Forwards a message into another room, or to a person, with a comment if wanted. Also without a network: it waits like any message. */
export function ForwardDialog({ message, onClose }: { message: MessageView | undefined; onClose(): void }) {
  return (
    <Dialog open={message !== undefined} onClose={onClose} fullWidth maxWidth="xs" aria-label="Forward message">
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
      <DialogTitle>Forward message</DialogTitle>
      <DialogContent>
        <blockquote className="forward-quote" dir="auto">
          <strong>{message.author.displayName}</strong> {message.text.replace(/\s+/g, ' ').slice(0, 200)}
        </blockquote>
        {chosen === undefined ? (
          <>
            <Field
              label="To"
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
                placeholder: 'A room or a person',
                onKeyDown,
              }}
            />
            <div id={listId} className="forward-list" role="listbox" aria-label="Rooms and people">
              {found.map((entry, i) => (
                <JumpRow key={entry.key} id={`${listId}-${i}`} entry={entry} chosen={i === index} onPick={() => setChosen(entry)} />
              ))}
            </div>
            {found.length === 0 && <p className="forward-note">Nothing here is called “{query.trim()}”.</p>}
          </>
        ) : (
          <>
            <p className="forward-to">
              To <strong dir="auto">{chosen.name}</strong>
              <Button size="small" onClick={() => setChosen(undefined)}>
                Change
              </Button>
            </p>
            <Field label="Comment" value={comment} autoFocus multiline maxRows={5} onChange={setComment} hint="Optional" {...(tooLong ? { error: 'With this comment the message would be too long.' } : {})} />
          </>
        )}
        {failed && (
          <p className="form-error" role="alert">
            This could not be kept on your device. Try again.
          </p>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" disabled={chosen === undefined || tooLong} onClick={() => chosen !== undefined && void forward(chosen)}>
          Forward
        </Button>
      </DialogActions>
    </>
  )
}
