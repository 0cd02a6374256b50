import LockRounded from '@mui/icons-material/LockRounded'
import TagRounded from '@mui/icons-material/TagRounded'
import Button from '@mui/material/Button'
import type { AdminRoom, AdminRooms } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useActions, useServer } from '../app/chat-context.tsx'
import { formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
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
    { title: t('admin.room'), head: true, cell: (room) => <RoomName room={room} /> },
    { title: t('admin.members'), cell: (room) => formatNumber(room.members) },
    { title: t('admin.messages'), cell: (room) => formatNumber(room.messages) },
    { title: t('admin.lastActivity'), cell: (room) => <Time at={room.lastActivityAt} /> },
    { title: t('admin.created'), cell: (room) => <Time at={room.createdAt} /> },
    {
      title: t('admin.actions'),
      actions: true,
      cell: (room) => (
        <Button size="small" aria-label={t(room.archived ? 'admin.reopenThis' : 'admin.archiveThis', { name: room.name })} onClick={() => (room.archived ? void set(room, false) : setAsked(room))}>
          {room.archived ? t('admin.reopen') : t('admin.archive')}
        </Button>
      ),
    },
  ]
  return (
    <div className="admin-section">
      <SearchField className="admin-search" label={t('admin.searchRooms')} value={query} onChange={setQuery} />
      <AdminTable
        label={t('admin.rooms')}
        columns={columns}
        pages={pages}
        idOf={(room) => room.room}
        empty={
          <EmptyState icon={<TagRounded />} title={query.trim() === '' ? t('admin.noRooms') : t('admin.noRoomFound')}>
            {query.trim() === '' ? t('admin.noRoomsText') : t('admin.noRoomFoundText', { query: query.trim() })}
          </EmptyState>
        }
      />
      {!pages.waiting && direct > 0 && <p className="text-3">{t('admin.directConversations', { count: direct })}</p>}
      <ConfirmDialog
        open={asked !== undefined}
        title={t('admin.archiveQuestion', { name: asked?.name ?? '' })}
        text={t('admin.archiveText')}
        confirm={t('admin.archive')}
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
          <span className="sr-only">, {t(room.kind === 'private' ? 'admin.private' : 'admin.public')}</span>
        </span>
        {room.archived && <span className="admin-tag">{t('admin.archived')}</span>}
      </span>
    </div>
  )
}
