import LockRounded from '@mui/icons-material/LockRounded'
import TagRounded from '@mui/icons-material/TagRounded'
import Button from '@mui/material/Button'
import type { AdminRoom, AdminRooms } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useActions, useServer } from '../app/chat-context.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { plural } from '../ui/plural.ts'
import { AdminTable, type Column } from './AdminTable.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { Time } from './Time.tsx'
import { usePages } from './use-pages.ts'

/** The rooms there are, never what is said in them. */
export function RoomsSection() {
  const { call } = useServer()
  const { archiveRoom, unarchiveRoom } = useActions()
  const [query, setQuery] = useState('')
  const [direct, setDirect] = useState(0)
  const [asked, setAsked] = useState<AdminRoom>()
  const pages = usePages<AdminRoom>(query.trim(), async (last) => {
    const before = last === undefined ? '' : `&before=${last.room}`
    const answer = await call<AdminRooms>('GET', `/api/admin/rooms?q=${encodeURIComponent(query.trim())}${before}`)
    if (!answer.ok) return answer
    setDirect(answer.value.directConversations)
    return { ok: true, value: { items: answer.value.rooms, more: answer.value.more } }
  })
  /** It is a command like any other: kept on this device until the server has taken it. */
  const set = async (room: AdminRoom, archived: boolean) => {
    await (archived ? archiveRoom(room.room) : unarchiveRoom(room.room))
    pages.replace(room, { ...room, archived })
  }
  const columns: Column<AdminRoom>[] = [
    { title: 'Room', head: true, cell: (room) => <RoomName room={room} /> },
    { title: 'Members', cell: (room) => room.members.toLocaleString() },
    { title: 'Messages', cell: (room) => room.messages.toLocaleString() },
    { title: 'Last activity', cell: (room) => <Time at={room.lastActivityAt} /> },
    { title: 'Created', cell: (room) => <Time at={room.createdAt} /> },
    {
      title: 'Actions',
      actions: true,
      cell: (room) => (
        <Button size="small" aria-label={`${room.archived ? 'Reopen' : 'Archive'} ${room.name}`} onClick={() => (room.archived ? void set(room, false) : setAsked(room))}>
          {room.archived ? 'Reopen' : 'Archive'}
        </Button>
      ),
    },
  ]
  return (
    <div className="admin-section">
      <SearchField className="admin-search" label="Search rooms" value={query} onChange={setQuery} />
      <AdminTable
        label="Rooms"
        columns={columns}
        pages={pages}
        idOf={(room) => room.room}
        empty={
          <EmptyState icon={<TagRounded />} title={query.trim() === '' ? 'No rooms yet' : 'No room found'}>
            {query.trim() === '' ? 'Rooms that people make stand here.' : `No room’s name or topic holds “${query.trim()}”.`}
          </EmptyState>
        }
      />
      {!pages.waiting && direct > 0 && <p className="text-3">{plural(direct, 'direct conversation')}, which only those in it can see.</p>}
      <ConfirmDialog
        open={asked !== undefined}
        title={`Archive ${asked?.name ?? ''}?`}
        text="It stays readable for its members, but nobody can write in it until it is reopened."
        confirm="Archive"
        danger
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (asked !== undefined) await set(asked, true)
        }}
      />
    </div>
  )
}

function RoomName({ room }: { room: AdminRoom }) {
  const Sign = room.kind === 'private' ? LockRounded : TagRounded
  return (
    <div className="admin-person">
      <Sign fontSize="small" aria-hidden="true" />
      <span className="admin-name">
        <span className="ellipsis">
          {room.name}
          <span className="sr-only">, {room.kind}</span>
        </span>
        {room.archived && <span className="admin-tag">Archived</span>}
      </span>
    </div>
  )
}
