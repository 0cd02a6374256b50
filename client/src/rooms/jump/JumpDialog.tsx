import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import SearchRounded from '@mui/icons-material/SearchRounded'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import IconButton from '@mui/material/IconButton'
import type { Id } from '@chatflow/shared/ids'
import { can } from '@chatflow/shared/permissions'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useActions, useChatState, useMe } from '../../app/chat-context.tsx'
import { isStroke, KEYS } from '../../app/keys.ts'
import { useShell } from '../../app/shell-context.tsx'
import { navigate } from '../../app/use-route.ts'
import { t } from '../../i18n/translate.ts'
import { jumpEntries, rankEntries } from './jump-entries.ts'
import type { JumpEntry } from './jump-entries.ts'
import { JumpRow } from './JumpRow.tsx'
import { recentRooms } from './recent-rooms.ts'
import { useDirectory } from './use-directory.ts'
import './jump.css'

interface Props {
  open: boolean
  /** The room on the screen. */
  room: Id | undefined
  onClose(): void
}

/** Goes to any room or person by a few letters; on a phone a page of its own. It finds what is known here, and online what the server knows. */
export function JumpDialog({ open, room, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} maxWidth="sm" className="jump-dialog" slotProps={{ paper: { className: 'jump-paper', 'aria-label': t('rooms.jumpDialog') } }} transitionDuration={120}>
      <Jump room={room} onClose={onClose} />
    </Dialog>
  )
}

function Jump({ room: open, onClose }: Omit<Props, 'open'>) {
  const listId = useId()
  const me = useMe()
  const rooms = useChatState((state) => state.rooms)
  const { knownPeople, startDirect, joinRoom } = useActions()
  const [query, setQuery] = useState('')
  const [moved, setMoved] = useState<string>()
  const [failed, setFailed] = useState(false)
  const directory = useDirectory(query)
  const mayWrite = can(me, 'room.create')
  const [known] = useState(() => (mayWrite ? knownPeople() : []))
  const [recent] = useState(() => recentRooms(me.id))
  const entries = useMemo(
    () => jumpEntries({ rooms, people: mayWrite ? [...known, ...directory.people] : [], directory: directory.rooms, me: me.id }),
    [rooms, known, directory, mayWrite, me.id],
  )
  const found = useMemo(() => rankEntries(entries, query, { recent, open }), [entries, query, recent, open])
  const index = Math.max(0, found.findIndex((entry) => entry.key === moved))
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' })
  }, [index, found])

  function go(entry: JumpEntry): void {
    const there = entry.what === 'person' ? startDirect([entry.person.id]) : entry.what === 'directory' && !entry.room.joined ? joinRoom(entry.room).then(() => entry.key) : Promise.resolve(entry.key)
    there.then(
      (room) => {
        onClose()
        navigate({ room })
      },
      () => setFailed(true),
    )
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const chosen = found[index]
    if (event.key === 'ArrowDown') setMoved(found[(index + 1) % found.length]?.key)
    else if (event.key === 'ArrowUp') setMoved(found[(index + found.length - 1) % found.length]?.key)
    else if (event.key === 'Enter' && chosen !== undefined) go(chosen)
    else if (isStroke(event.nativeEvent, KEYS.jump)) onClose()
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="jump-head">
        <IconButton className="jump-back" aria-label={t('common.close')} onClick={onClose}>
          <ArrowBackRounded />
        </IconButton>
        <SearchRounded className="jump-glass" fontSize="small" aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-label={t('rooms.jumpTo')}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? `${listId}-${index}` : undefined}
          placeholder={t('rooms.jumpHint')}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setMoved(undefined)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} className="jump-list" role="listbox" aria-label={t('rooms.roomsAndPeople')}>
        {found.map((entry, i) => (
          <JumpRow key={entry.key} id={`${listId}-${i}`} entry={entry} chosen={i === index} onPick={() => go(entry)} />
        ))}
      </div>
      {found.length === 0 && <Nothing query={query.trim()} browses={mayWrite} onClose={onClose} />}
      {failed && (
        <p className="form-error jump-note" role="alert">
          {t('common.notKept')}
        </p>
      )}
    </>
  )
}

function Nothing({ query, browses, onClose }: { query: string; browses: boolean; onClose(): void }) {
  const { openDialog } = useShell()
  const offline = useChatState((state) => state.connection.state !== 'connected')
  return (
    <div className="jump-note" role="status">
      <p>{query === '' ? t('rooms.noOtherRoom') : t(offline ? 'rooms.nothingCalledHere' : 'rooms.nothingCalled', { query })}</p>
      {browses && (
        <Button
          size="small"
          color="primary"
          onClick={() => {
            onClose()
            openDialog('browse-rooms')
          }}
        >
          {t('rooms.browse')}
        </Button>
      )}
    </div>
  )
}
