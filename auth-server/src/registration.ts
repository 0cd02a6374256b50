import type { Queryable } from '@chatflow/database'
import { REGISTRATION_MODES, type RegistrationMode } from '@chatflow/shared/api/admin'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { GlobalRole } from '@chatflow/shared/roles'
import { settle } from './facts.ts'
import { findInvitation, takeInvitation } from './invitations.ts'

/** Who may open an account, as the administrators have set it. */
export async function registrationMode(q: Queryable): Promise<RegistrationMode> {
  const { rows } = await q.query<{ value: string }>("SELECT value FROM auth_settings WHERE key = 'registration'")
  return REGISTRATION_MODES.find((mode) => mode === rows[0]?.value) ?? 'open'
}

/** Sets it, and answers what it was. */
export async function setRegistrationMode(q: Queryable, mode: RegistrationMode): Promise<RegistrationMode> {
  // Of two who set it at once the second waits here, so that the log tells of each step.
  await q.query("INSERT INTO auth_settings (key, value) VALUES ('registration', 'open') ON CONFLICT (key) DO NOTHING")
  await q.query("SELECT value FROM auth_settings WHERE key = 'registration' FOR UPDATE")
  const before = await registrationMode(q)
  await q.query("UPDATE auth_settings SET value = $1 WHERE key = 'registration'", [mode])
  return before
}

/** What a stranger meets: while there is no account at all, the first can always be opened. */
export async function publicRegistrationMode(q: Queryable): Promise<RegistrationMode> {
  return (await hasAccounts(q)) ? registrationMode(q) : 'open'
}

/**
 * Refuses a registration that would be refused anyway, before it costs anything: `registration_closed`, `invitation_required`, `invitation_invalid`.
 * What counts is `admit`, within the transaction.
 */
export async function refuseHopeless(q: Queryable, invitation: string | undefined, now: number): Promise<void> {
  if (!(await hasAccounts(q))) return
  refuseBy(await registrationMode(q), invitation)
  if (invitation !== undefined && (await findInvitation(q, invitation, now)) === undefined) throw new CodedError('invitation_invalid')
}

/** Decides in the transaction of a registration what the newcomer `id` becomes, and counts the use of the invitation. */
export async function admit(q: Queryable, id: Id, invitation: string | undefined, now: number): Promise<{ role: GlobalRole; invitation?: Id }> {
  // The account of a transaction that is undone does not stay the first.
  if ((await settle(q, 'first-admin', id)) === id) return { role: 'admin' }
  refuseBy(await registrationMode(q), invitation)
  if (invitation === undefined) return { role: 'member' }
  const taken = await takeInvitation(q, invitation, now)
  if (taken === undefined) throw new CodedError('invitation_invalid')
  return { role: taken.role, invitation: taken.id }
}

function refuseBy(mode: RegistrationMode, invitation: string | undefined): void {
  if (mode === 'closed') throw new CodedError('registration_closed')
  if (mode === 'invitation' && invitation === undefined) throw new CodedError('invitation_required')
}

async function hasAccounts(q: Queryable): Promise<boolean> {
  return (await q.query("SELECT 1 FROM auth_facts WHERE key = 'first-admin'")).rows.length > 0
}
