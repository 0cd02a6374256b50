import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import { DELETED_NAME, type MessagesAfterDeletion } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'

/** Columns of `users` that a tombstone keeps; all others are emptied, also those that come later. */
const KEPT = ['id', 'display_name', 'role', 'created_at', 'disabled_at', 'deleted_at']

/** A batch that was being committed meanwhile is long done after this time, ms. */
const LOOK_AGAIN_MS = 60_000

/**
 * Makes the account's row an anonymous tombstone and takes away all that hangs on it, in the caller's transaction; rooms, messages and documents follow as a job.
 * Throws `last_admin`; of two last administrators who go at once one stays.
 */
export async function deleteAccount(q: Queryable, user: Id, messages: MessagesAfterDeletion, now: number): Promise<void> {
  const { rows: admins } = await q.query<{ id: Id }>("SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE")
  if (admins.length === 1 && admins[0]?.id === user) throw new CodedError('last_admin')
  const { rows } = await q.query<{ email: string | null }>('SELECT email FROM users WHERE id = $1 AND deleted_at IS NULL FOR UPDATE', [user])
  if (!rows[0]) throw new CodedError('session_ended')

  await takeAwayWhatHangsOn(q, user)
  // Whom they let in stays; nobody else comes in by a link of somebody who is not here.
  await q.query('UPDATE invitations SET revoked_at = $2 WHERE created_by = $1 AND revoked_at IS NULL', [user, now])
  await q.query(`UPDATE users SET ${await emptied(q)}, display_name = $2, role = 'member', disabled_at = coalesce(disabled_at, $3), deleted_at = $3 WHERE id = $1`, [user, DELETED_NAME, now])
  await audit(q, { actor: user, action: 'account.deleted', target: { kind: 'user', id: user }, details: { messages } }, now)
  await enqueue(q, 'account.deleted', { user, messages }, { now })
  // Once more, for what was on its way into the database just now.
  await enqueue(q, 'account.deleted', { user, messages }, { now, runAt: now + LOOK_AGAIN_MS })
  if (rows[0].email !== null) await enqueue(q, 'mail', { user, template: 'account_deleted', to: rows[0].email }, { now })
}

/**
 * The row stays, so the database's own rules for a deleted row are carried out by hand: whatever refers to `users` with ON DELETE CASCADE or SET NULL.
 * Tables that are added later are covered by declaring that. Sessions are among them, so that every session ends.
 */
async function takeAwayWhatHangsOn(q: Queryable, user: Id): Promise<void> {
  for (const { name, column, rule } of await referrers(q)) {
    if (rule === 'c') await q.query(`DELETE FROM ${name} WHERE ${column} = $1`, [user])
    if (rule === 'n') await q.query(`UPDATE ${name} SET ${column} = NULL WHERE ${column} = $1`, [user])
  }
}

interface Referrer {
  /** Quoted by the database. */
  name: string
  column: string
  /** As in `pg_constraint.confdeltype`: `c` cascade, `n` set null, else none. */
  rule: string
}

/** Columns that refer to `users`, and what is to become of their rows. */
async function referrers(q: Queryable): Promise<Referrer[]> {
  const { rows } = await q.query<Referrer>(
    `SELECT c.conrelid::regclass::text AS name, quote_ident(a.attname) AS column, c.confdeltype::text AS rule
       FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass ORDER BY name, "column"`,
  )
  return rows
}

async function emptied(q: Queryable): Promise<string> {
  const { rows } = await q.query<{ column: string }>(
    `SELECT quote_ident(attname) AS column FROM pg_attribute
      WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped AND NOT attnotnull AND attname <> ALL($1::text[]) ORDER BY attnum`,
    [KEPT],
  )
  return rows.map(({ column }) => `${column} = NULL`).join(', ')
}
