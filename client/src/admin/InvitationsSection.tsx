import LinkRounded from '@mui/icons-material/LinkRounded'
import Button from '@mui/material/Button'
import type { Invitation, Invitations } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatShortDate } from '../ui/format-time.ts'
import { AdminTable, type Column } from './AdminTable.tsx'
import { NewInvitationForm } from './NewInvitationForm.tsx'
import { usePages } from './use-pages.ts'

/** Links that let people open an account: a new one, and those that were made. */
export function InvitationsSection() {
  const { call } = useServer()
  const [asked, setAsked] = useState<Invitation>()
  const [now] = useState(Date.now)
  const pages = usePages<Invitation>('', async (last) => {
    const answer = await call<Invitations>('GET', `/api/auth/admin/invitations${last === undefined ? '' : `?before=${last.id}`}`)
    return answer.ok ? { ok: true, value: { items: answer.value.invitations, more: answer.value.more } } : answer
  })
  const columns: Column<Invitation>[] = [
    { title: t('admin.for'), head: true, cell: (one) => <Purpose invitation={one} now={now} /> },
    { title: t('admin.used'), cell: (one) => t('admin.usedOf', { used: one.used, uses: one.uses }) },
    { title: t('admin.worksUntil'), cell: (one) => formatShortDate(one.expiresAt) },
    { title: t('admin.madeBy'), cell: (one) => <span className="ellipsis">{one.createdBy}</span> },
    { title: t('admin.actions'), actions: true, cell: (one) => <Button size="small" color="error" aria-label={t('admin.revokeThis', { name: nameOf(one) })} onClick={() => setAsked(one)}>{t('admin.revoke')}</Button> },
  ]
  return (
    <div className="admin-section">
      <section className="setting-group">
        <h3 className="setting-title">{t('admin.newLink')}</h3>
        <NewInvitationForm onMade={pages.reload} />
      </section>
      <section>
        <h3 className="setting-title">{t('admin.links')}</h3>
        <AdminTable
          label={t('admin.invitationLinks')}
          columns={columns}
          pages={pages}
          idOf={(one) => one.id}
          empty={
            <EmptyState icon={<LinkRounded />} title={t('admin.noLinks')}>
              {t('admin.noLinksText')}
            </EmptyState>
          }
        />
      </section>
      <ConfirmDialog
        open={asked !== undefined}
        title={t('admin.revokeQuestion')}
        text={t('admin.revokeText')}
        confirm={t('admin.revoke')}
        danger
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (asked === undefined) return
          const answer = await call('DELETE', `/api/auth/admin/invitations/${asked.id}`)
          if (answer.ok || answer.code === 'not_found') pages.replace(asked, undefined)
        }}
      />
    </div>
  )
}

function Purpose({ invitation, now }: { invitation: Invitation; now: number }) {
  const over = invitation.used >= invitation.uses || invitation.expiresAt <= now
  return (
    <div className={over ? 'admin-lines admin-off' : 'admin-lines'}>
      <span className="admin-name">
        <span className="ellipsis">{nameOf(invitation)}</span>
        {over && <span className="admin-tag">{invitation.used >= invitation.uses ? t('admin.usedUp') : t('admin.expired')}</span>}
      </span>
      <span className="text-3">{invitation.role === 'guest' ? t('admin.guests') : t('admin.members')}</span>
    </div>
  )
}

function nameOf(invitation: Invitation): string {
  return invitation.note || t('admin.linkWithoutNote')
}
