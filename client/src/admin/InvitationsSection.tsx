import LinkRounded from '@mui/icons-material/LinkRounded'
import Button from '@mui/material/Button'
import type { Invitation, Invitations } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
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
    { title: 'For', head: true, cell: (one) => <Purpose invitation={one} now={now} /> },
    { title: 'Used', cell: (one) => `${one.used} of ${one.uses}` },
    { title: 'Works until', cell: (one) => formatShortDate(one.expiresAt) },
    { title: 'Made by', cell: (one) => <span className="ellipsis">{one.createdBy}</span> },
    { title: 'Actions', actions: true, cell: (one) => <Button size="small" color="error" aria-label={`Revoke ${nameOf(one)}`} onClick={() => setAsked(one)}>Revoke</Button> },
  ]
  return (
    <div className="admin-section">
      <section className="setting-group">
        <h3 className="setting-title">New link</h3>
        <NewInvitationForm onMade={pages.reload} />
      </section>
      <section>
        <h3 className="setting-title">Links</h3>
        <AdminTable
          label="Invitation links"
          columns={columns}
          pages={pages}
          idOf={(one) => one.id}
          empty={
            <EmptyState icon={<LinkRounded />} title="No links yet">
              Make one above and send it to those who are to join.
            </EmptyState>
          }
        />
      </section>
      <ConfirmDialog
        open={asked !== undefined}
        title="Revoke this link?"
        text="Nobody can join with it any more. Those who have joined stay."
        confirm="Revoke"
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
        {over && <span className="admin-tag">{invitation.used >= invitation.uses ? 'Used up' : 'Expired'}</span>}
      </span>
      <span className="text-3">{invitation.role === 'guest' ? 'Guests' : 'Members'}</span>
    </div>
  )
}

function nameOf(invitation: Invitation): string {
  return invitation.note || 'Link without a note'
}
