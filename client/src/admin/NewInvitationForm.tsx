import Button from '@mui/material/Button'
import type { InvitedRole, NewInvitation } from '@chatflow/shared/api/admin'
import { useState, type ReactNode } from 'react'
import { useForm, type Wrong } from '../account/use-form.ts'
import { useServer } from '../app/chat-context.tsx'
import { sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { Choice } from '../ui/Choice.tsx'

const roles = () =>
  [
    { value: 'member', title: t('admin.members') },
    { value: 'guest', title: t('admin.guests') },
  ] as const
const hours = () =>
  [
    { value: '24', title: t('admin.days', { count: 1 }) },
    { value: '168', title: t('admin.days', { count: 7 }) },
    { value: '720', title: t('admin.days', { count: 30 }) },
    { value: '8760', title: t('admin.oneYear') },
  ] as const

interface Values extends Record<string, string> {
  role: InvitedRole
  hours: ReturnType<typeof hours>[number]['value']
  uses: string
  note: string
}

/** What a link allows, and the link once it is made: the server does not know it afterwards. */
export function NewInvitationForm({ onMade }: { onMade(): void }) {
  const { call } = useServer()
  const [made, setMade] = useState<NewInvitation>()
  const form = useForm<Values>({ role: 'member', hours: '168', uses: '1', note: '' }, check, async ({ role, hours: wanted, uses, note }) => {
    const answer = await call<NewInvitation>('POST', '/api/auth/admin/invitations', { role, uses: Number(uses), expiresInHours: Number(wanted), note: note.trim() })
    if (!answer.ok) return answer
    setMade(answer.value)
    onMade()
    return { ok: true }
  })
  return (
    <form className="form admin-form" noValidate onSubmit={form.submit}>
      <p className="text-2">
        {form.values.role === 'guest' ? t('admin.guestsText') : t('admin.membersText')}
      </p>
      <div className="admin-row">
        <Labelled label={t('admin.joinsAs')}>
          <Choice label={t('admin.joinsAs')} value={form.values.role} options={roles()} onChange={form.set('role')} />
        </Labelled>
        <Labelled label={t('admin.worksFor')}>
          <Choice label={t('admin.worksFor')} value={form.values.hours} options={hours()} onChange={form.set('hours')} />
        </Labelled>
        <Field label={t('admin.uses')} value={form.values.uses} onChange={form.set('uses')} error={form.errors['uses']} inputProps={{ name: 'uses', inputMode: 'numeric', autoComplete: 'off' }} />
      </div>
      <Field label={t('admin.note')} value={form.values.note} onChange={form.set('note')} error={form.errors['note']} hint={t('admin.noteHint')} inputProps={{ name: 'note', maxLength: 200, autoComplete: 'off' }} />
      <FormError>{form.message}</FormError>
      <div>
        <Button type="submit" variant="contained" aria-busy={form.busy}>
          {t('admin.makeLink')}
        </Button>
      </div>
      {made !== undefined && (
        <div className="admin-made">
          <p className="text-2">{t('admin.copyNow')}</p>
          <CopyField key={made.id} label={t('admin.invitationLink')} value={made.url} />
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

function check({ uses }: Values): Wrong {
  return /^\d{1,4}$/.test(uses.trim()) && Number(uses) >= 1 && Number(uses) <= 1_000 ? {} : { uses: sentence('admin.usesWrong') }
}
