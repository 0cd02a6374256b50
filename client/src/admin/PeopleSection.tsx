import GroupOutlined from '@mui/icons-material/GroupOutlined'
import type { AdminUser, AdminUsers } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { AdminTable, type Column } from './AdminTable.tsx'
import { EndAllSessions } from './EndAllSessions.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { RoleChoice } from './RoleChoice.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { Time } from './Time.tsx'
import { usePages } from './use-pages.ts'

/** Everybody with an account, and what may be done about it. */
export function PeopleSection() {
  const { call } = useServer()
  const [query, setQuery] = useState('')
  const pages = usePages<AdminUser>(query.trim(), async (last) => {
    const before = last === undefined ? '' : `&before=${last.id}`
    const answer = await call<AdminUsers>('GET', `/api/auth/admin/users?q=${encodeURIComponent(query.trim())}${before}`)
    return answer.ok ? { ok: true, value: { items: answer.value.users, more: answer.value.more } } : answer
  })
  const columns: Column<AdminUser>[] = [
    { title: t('admin.person'), head: true, cell: (user) => <Person user={user} /> },
    { title: t('admin.role'), cell: (user) => <RoleChoice user={user} onChanged={(changed) => pages.replace(user, changed)} /> },
    { title: t('admin.lastSeen'), cell: (user) => (user.lastSeenAt === null ? t('admin.never') : <Time at={user.lastSeenAt} />) },
    { title: t('admin.joined'), cell: (user) => <Time at={user.createdAt} /> },
    { title: t('admin.actions'), actions: true, cell: (user) => <PersonMenu user={user} onChanged={(changed) => pages.replace(user, changed)} /> },
  ]
  return (
    <div className="admin-section">
      <div className="admin-row">
        <SearchField className="admin-search" label={t('admin.searchPeople')} value={query} onChange={setQuery} />
        <EndAllSessions onEnded={pages.reload} />
      </div>
      <AdminTable
        label={t('admin.people')}
        columns={columns}
        pages={pages}
        idOf={(user) => user.id}
        empty={
          <EmptyState icon={<GroupOutlined />} title={t('admin.nobodyFound')}>
            {t('admin.nobodyHolds', { query: query.trim() })}
          </EmptyState>
        }
      />
    </div>
  )
}

function Person({ user }: { user: AdminUser }) {
  return (
    <div className={user.disabled ? 'admin-person admin-off' : 'admin-person'}>
      <PersonAvatar id={user.id} name={user.displayName} size={32} />
      <div className="admin-lines">
        <span className="admin-name">
          <span className="ellipsis">{user.displayName}</span>
          {user.disabled && <span className="admin-tag admin-tag-off">{t('admin.deactivated')}</span>}
        </span>
        <span className="text-3 ellipsis">
          @{user.username}
          {user.email !== '' && ` · ${user.email}${user.verified ? '' : ` ${t('admin.notConfirmed')}`}`}
          {user.secondFactor && ` · ${t('admin.secondStep')}`}
        </span>
      </div>
    </div>
  )
}
