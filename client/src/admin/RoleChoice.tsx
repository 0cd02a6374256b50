import type { AdminUser } from '@chatflow/shared/api/admin'
import type { GlobalRole } from '@chatflow/shared/roles'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Choice } from '../ui/Choice.tsx'
import { useChangePerson } from './use-change-person.tsx'

const ROLES = [
  { value: 'admin', title: 'Administrator' },
  { value: 'member', title: 'Member' },
  { value: 'guest', title: 'Guest' },
] as const

/** The role of a person. What gives or takes the rights of an administrator is asked about first. */
export function RoleChoice({ user, onChanged }: { user: AdminUser; onChanged(user: AdminUser): void }) {
  const me = useMe()
  const change = useChangePerson(user, onChanged)
  const [wanted, setWanted] = useState<GlobalRole>()
  const choose = (role: GlobalRole) => {
    if (role === user.role) return
    if (role === 'admin' || user.role === 'admin') setWanted(role)
    else void change.send({ role })
  }
  const promotes = wanted === 'admin'
  return (
    <>
      <Choice label={`Role of ${user.displayName}`} value={user.role} options={ROLES} onChange={choose} />
      {change.problem}
      <ConfirmDialog
        open={wanted !== undefined}
        title={promotes ? `Make ${user.displayName} an administrator?` : `Take administration from ${user.id === me.id ? 'yourself' : user.displayName}?`}
        text={promotes ? 'Administrators see all accounts, change roles, deactivate people and decide who may join.' : 'The rights end at once, and invitation links that they made stop working.'}
        confirm={promotes ? 'Make administrator' : 'Take away'}
        danger={!promotes}
        onClose={() => setWanted(undefined)}
        onConfirm={async () => {
          if (wanted !== undefined) await change.send({ role: wanted })
        }}
      />
    </>
  )
}
