import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'

export type EmailTokenKind = 'verify_email' | 'reset_password' | 'change_email'

const MINUTE = 60_000
/** How long a link is good for, ms. */
export const GOOD_FOR: Record<EmailTokenKind, number> = { verify_email: 24 * 60 * MINUTE, reset_password: 30 * MINUTE, change_email: 24 * 60 * MINUTE }
/** 256 bits in base64url. Anything else is refused before the database sees it. */
const FORM = /^[\w-]{43}$/

export interface IssuedFor {
  user: Id
  kind: EmailTokenKind
  /** The address that the link goes to: the token is worth nothing once the account has another. */
  email: string
  now: number
  /** The job that sends it: a repeat of the same job leaves the link of its first attempt good, which may have arrived. */
  job?: Id
}

/** A new token, of which only the SHA-256 is kept; it voids the older ones of its kind. */
export async function issueToken(q: Queryable, { user, kind, email, now, job }: IssuedFor): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await q.query(
    'UPDATE email_tokens SET used_at = $3 WHERE user_id = $1 AND kind = $2 AND used_at IS NULL AND ($4::uuid IS NULL OR job IS DISTINCT FROM $4::uuid)',
    [user, kind, now, job ?? null],
  )
  await q.query('INSERT INTO email_tokens (hash, user_id, kind, email, job, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    hashOf(token),
    user,
    kind,
    email,
    job ?? null,
    now,
    now + GOOD_FOR[kind],
  ])
  return token
}

export interface EmailToken {
  user: Id
  kind: EmailTokenKind
  email: string
  /** It came by mail, so whoever has it reads that address; one that an administrator handed over shows nothing of the kind. */
  mailed: boolean
}

/** Looks whether a token could be used, and leaves it as it is. */
export async function findToken(q: Queryable, token: string, kinds: readonly EmailTokenKind[], now: number): Promise<EmailToken | undefined> {
  if (!FORM.test(token)) return undefined
  const { rows } = await q.query<EmailToken>(
    'SELECT user_id AS user, kind, email, job IS NOT NULL AS mailed FROM email_tokens WHERE hash = $1 AND kind = ANY($2::text[]) AND used_at IS NULL AND expires_at > $3',
    [hashOf(token), kinds, now],
  )
  return rows[0]
}

/** Uses a token up: of all that come with it one gets an answer. Undefined: unknown, used, voided, expired, or of another kind. */
export async function useToken(q: Queryable, token: string, kinds: readonly EmailTokenKind[], now: number): Promise<EmailToken | undefined> {
  if (!FORM.test(token)) return undefined
  const { rows } = await q.query<EmailToken>(
    `UPDATE email_tokens SET used_at = $3 WHERE hash = $1 AND kind = ANY($2::text[]) AND used_at IS NULL AND expires_at > $3
     RETURNING user_id AS user, kind, email, job IS NOT NULL AS mailed`,
    [hashOf(token), kinds, now],
  )
  return rows[0]
}

/** Makes the links of these kinds that are under way worthless. */
export async function voidTokens(q: Queryable, user: Id, kinds: readonly EmailTokenKind[], now: number): Promise<void> {
  await q.query('UPDATE email_tokens SET used_at = $3 WHERE user_id = $1 AND kind = ANY($2::text[]) AND used_at IS NULL', [user, kinds, now])
}

/** Removes tokens that cannot be used any more. */
export async function sweepTokens(q: Queryable, now: number): Promise<void> {
  await q.query('DELETE FROM email_tokens WHERE expires_at <= $1', [now])
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
