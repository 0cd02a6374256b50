import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { findUser, type User } from '../users.ts'

const VALID_MS = 5 * 60_000
const TRIES = 5

/** Lets whoever gave the right password try a second factor for 5 minutes, 5 times. Only its hash is kept. */
export async function issueTicket(q: Queryable, user: User, now: number): Promise<string> {
  const ticket = randomBytes(32).toString('base64url')
  await q.query('INSERT INTO login_tickets (hash, user_id, password, expires_at) VALUES ($1, $2, $3, $4)', [hashOf(ticket), user.id, passwordOf(user), now + VALID_MS])
  return ticket
}

export interface Ticket {
  hash: string
  user: User
}

/** Whose ticket it is. Throws `ticket_invalid` for one that is unknown, used, too old, tried too often, or of an older password. */
export async function readTicket(q: Queryable, ticket: string, now: number): Promise<Ticket> {
  return check(q, await q.query<Row>('SELECT user_id, password FROM login_tickets WHERE hash = $1 AND expires_at > $2 AND tries < $3', [hashOf(ticket), now, TRIES]), ticket)
}

/** Counts one try, whatever becomes of it: call it outside the transaction of the try. Throws like `readTicket`. */
export async function countTry(q: Queryable, ticket: string, now: number): Promise<Ticket> {
  const updated = await q.query<Row>('UPDATE login_tickets SET tries = tries + 1 WHERE hash = $1 AND expires_at > $2 AND tries < $3 RETURNING user_id, password', [hashOf(ticket), now, TRIES])
  return check(q, updated, ticket)
}

/** Uses the ticket up. Of those who come at once one gets through, the others get `ticket_invalid`. */
export async function spendTicket(q: Queryable, { hash }: Ticket): Promise<void> {
  if ((await q.query('DELETE FROM login_tickets WHERE hash = $1', [hash])).rowCount === 0) throw new CodedError('ticket_invalid')
}

interface Row {
  user_id: Id
  password: string
}

async function check(q: Queryable, { rows }: { rows: Row[] }, ticket: string): Promise<Ticket> {
  if (!rows[0]) throw new CodedError('ticket_invalid')
  const user = await findUser(q, rows[0].user_id)
  if (user.disabled_at !== null) throw new CodedError('account_disabled')
  if (passwordOf(user) !== rows[0].password) throw new CodedError('ticket_invalid')
  return { hash: hashOf(ticket), user }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function passwordOf({ password_hash: hash }: User): string {
  return hashOf(hash ?? '')
}
