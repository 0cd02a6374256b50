import HistoryRounded from '@mui/icons-material/HistoryRounded'
import CloseRounded from '@mui/icons-material/CloseRounded'
import Button from '@mui/material/Button'
import type { AdminRooms, AuditPage, AuditRow } from '@chatflow/shared/api/admin'
import { AUDIT_ACTIONS, type AuditAction } from '@chatflow/shared/audit'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { AdminTable, type Column } from './AdminTable.tsx'
import { actionWords, auditDetails } from './audit-words.ts'
import { Choice } from '../ui/Choice.tsx'
import { Time } from './Time.tsx'
import { usePages } from './use-pages.ts'

interface Filter {
  action: AuditAction | 'all'
  /** A person, as the one who did it or to whom it was done. */
  by?: { id: string; name: string }
  to?: { id: string; name: string }
}

const actions = () => [{ value: 'all', title: t('admin.everything') } as const, ...AUDIT_ACTIONS.map((value) => ({ value, title: actionWords(value) }))]

/** Who did what to whom. A name narrows the list to that person. */
export function AuditSection() {
  const { call } = useServer()
  const [filter, setFilter] = useState<Filter>({ action: 'all' })
  const [rooms, setRooms] = useState<ReadonlyMap<string, string>>(new Map())
  const pages = usePages<AuditRow>(JSON.stringify(filter), async (last) => {
    const query = new URLSearchParams()
    if (filter.action !== 'all') query.set('action', filter.action)
    if (filter.by !== undefined) query.set('actor', filter.by.id)
    if (filter.to !== undefined) query.set('target', filter.to.id)
    if (last !== undefined) query.set('before', String(last.id))
    const answer = await call<AuditPage>('GET', `/api/auth/admin/audit?${query.toString()}`)
    if (!answer.ok) return answer
    void nameRooms(answer.value.entries)
    return { ok: true, value: { items: answer.value.entries, more: answer.value.more } }
  })

  /** Names of rooms are the other server's to know. */
  async function nameRooms(entries: readonly AuditRow[]): Promise<void> {
    const ids = [...new Set(entries.flatMap((entry) => entry.room ?? []))].filter((id) => !rooms.has(id))
    if (ids.length === 0) return
    const answer = await call<AdminRooms>('GET', `/api/admin/rooms?limit=100&ids=${ids.join(',')}`)
    if (answer.ok) setRooms((known) => new Map([...known, ...answer.value.rooms.map((room) => [room.room, room.name] as const)]))
  }

  const columns: Column<AuditRow>[] = [
    { title: t('admin.when'), cell: (entry) => <Time at={entry.at} exact /> },
    { title: t('admin.who'), cell: (entry) => entry.actor !== null && <Name of={entry.actor} onChoose={(by) => setFilter({ ...filter, by })} /> },
    { title: t('admin.what'), head: true, cell: (entry) => <What entry={entry} room={entry.room === null ? undefined : rooms.get(entry.room)} /> },
    { title: t('admin.toWhom'), cell: (entry) => entry.target?.kind === 'user' && <Name of={entry.target} onChoose={(to) => setFilter({ ...filter, to })} /> },
  ]
  return (
    <div className="admin-section">
      <div className="admin-row">
        <Choice label={t('admin.whatHappened')} value={filter.action} options={actions()} onChange={(action) => setFilter({ ...filter, action })} />
        {filter.by !== undefined && <Chosen text={t('admin.whoIs', { name: filter.by.name })} onRemove={() => setFilter(without(filter, 'by'))} />}
        {filter.to !== undefined && <Chosen text={t('admin.toWhomIs', { name: filter.to.name })} onRemove={() => setFilter(without(filter, 'to'))} />}
      </div>
      <AdminTable
        label={t('admin.audit')}
        columns={columns}
        pages={pages}
        idOf={(entry) => entry.id}
        empty={
          <EmptyState icon={<HistoryRounded />} title={t('admin.nothingHere')}>
            {t('admin.nothingHappened')}
          </EmptyState>
        }
      />
    </div>
  )
}

function What({ entry, room }: { entry: AuditRow; room: string | undefined }) {
  const details = auditDetails(entry, room)
  return (
    <div className="admin-lines">
      <span>{actionWords(entry.action)}</span>
      {details !== '' && <span className="text-3 admin-facts">{details}</span>}
    </div>
  )
}

function Name({ of, onChoose }: { of: { id: string; name?: string | undefined }; onChoose(person: { id: string; name: string }): void }) {
  const name = of.name ?? t('admin.somebodyGone')
  return (
    <button type="button" className="admin-link ellipsis" title={t('admin.onlyThisPerson')} onClick={() => onChoose({ id: of.id, name })}>
      {name}
    </button>
  )
}

function Chosen({ text, onRemove }: { text: string; onRemove(): void }) {
  return (
    <Button size="small" variant="outlined" endIcon={<CloseRounded fontSize="small" />} aria-label={t('admin.chosenRemove', { text })} onClick={onRemove}>
      {text}
    </Button>
  )
}

function without(filter: Filter, name: 'by' | 'to'): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => key !== name)) as unknown as Filter
}
