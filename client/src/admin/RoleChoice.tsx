import type { AdminUser } from '@chatflow/shared/api/admin'
import type { GlobalRole } from '@chatflow/shared/roles'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Choice } from '../ui/Choice.tsx'
import { useChangePerson } from './use-change-person.tsx'

const roles = () =>
  [
    { value: 'admin', title: t('admin.administrator') },
    { value: 'member', title: t('admin.member') },
    { value: 'guest', title: t('admin.guest') },
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
      <Choice label={t('admin.roleOf', { name: user.displayName })} value={user.role} options={roles()} onChange={choose} />
      {change.problem}
      <ConfirmDialog
        open={wanted !== undefined}
        title={promotes ? t('admin.makeAdminQuestion', { name: user.displayName }) : user.id === me.id ? t('admin.takeAdminSelfQuestion') : t('admin.takeAdminQuestion', { name: user.displayName })}
        text={promotes ? t('admin.makeAdminText') : t('admin.takeAdminText')}
        confirm={promotes ? t('admin.makeAdmin') : t('admin.takeAway')}
        danger={!promotes}
        onClose={() => setWanted(undefined)}
        onConfirm={async () => {
          if (wanted !== undefined) await change.send({ role: wanted })
        }}
      />
    </>
  )
}
