import Button from '@mui/material/Button'
import type { InvitedRole, NewInvitation } from '@chatflow/shared/api/admin'
import { useState, type ReactNode } from 'react'
import { useForm } from '../account/use-form.ts'
import { useServer } from '../app/chat-context.tsx'
import { CopyField } from '../ui/CopyField.tsx'
import { Field } from '../ui/Field.tsx'
import { Choice } from '../ui/Choice.tsx'

const ROLES = [
  { value: 'member', title: 'Members' },
  { value: 'guest', title: 'Guests' },
] as const
const HOURS = [
  { value: '24', title: '1 day' },
  { value: '168', title: '7 days' },
  { value: '720', title: '30 days' },
  { value: '8760', title: '1 year' },
] as const

interface Values extends Record<string, string> {
  role: InvitedRole
  hours: (typeof HOURS)[number]['value']
  uses: string
  note: string
}

/** What a link allows, and the link once it is made: the server does not know it afterwards. */
export function NewInvitationForm({ onMade }: { onMade(): void }) {
  const { call } = useServer()
  const [made, setMade] = useState<NewInvitation>()
  const form = useForm<Values>({ role: 'member', hours: '168', uses: '1', note: '' }, check, async ({ role, hours, uses, note }) => {
    const answer = await call<NewInvitation>('POST', '/api/auth/admin/invitations', { role, uses: Number(uses), expiresInHours: Number(hours), note: note.trim() })
    if (!answer.ok) return answer
    setMade(answer.value)
    onMade()
    return { ok: true }
  })
  return (
    <form className="form admin-form" noValidate onSubmit={form.submit}>
      <p className="text-2">
        {form.values.role === 'guest' ? 'Guests see only the rooms that others let them into. They make no rooms and find no people.' : 'Members find people and public rooms, and make rooms of their own.'}
      </p>
      <div className="admin-row">
        <Labelled label="Joins as">
          <Choice label="Joins as" value={form.values.role} options={ROLES} onChange={form.set('role')} />
        </Labelled>
        <Labelled label="Works for">
          <Choice label="Works for" value={form.values.hours} options={HOURS} onChange={form.set('hours')} />
        </Labelled>
        <Field label="Number of uses" value={form.values.uses} onChange={form.set('uses')} error={form.errors['uses']} inputProps={{ name: 'uses', inputMode: 'numeric', autoComplete: 'off' }} />
      </div>
      <Field label="Note" value={form.values.note} onChange={form.set('note')} error={form.errors['note']} hint="What it is for. Only administrators see it." inputProps={{ name: 'note', maxLength: 200, autoComplete: 'off' }} />
      {form.message !== undefined && (
        <p className="form-error" role="alert">
          {form.message}
        </p>
      )}
      <div>
        <Button type="submit" variant="contained" aria-busy={form.busy}>
          Make link
        </Button>
      </div>
      {made !== undefined && (
        <div className="admin-made">
          <p className="text-2">Copy it now: it is shown this once.</p>
          <CopyField key={made.id} label="Invitation link" value={made.url} />
        </div>
      )}
    </form>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

function check({ uses }: Values): Record<string, string> {
  return /^\d{1,4}$/.test(uses.trim()) && Number(uses) >= 1 && Number(uses) <= 1_000 ? {} : { uses: 'A number from 1 to 1000.' }
}
