import type { Database, Queryable } from '@chatflow/database'
import type { Me } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { Language } from '@chatflow/shared/languages'
import type { GlobalRole } from '@chatflow/shared/roles'

export interface User {
  id: Id
  email: string | null
  username: string | null
  display_name: string
  avatar: string | null
  role: GlobalRole
  password_hash: string | null
  email_verified_at: number | null
  disabled_at: number | null
  second_factor_missing: boolean
}

const COLUMNS = `id, email, username, display_name, avatar, role, password_hash, email_verified_at, disabled_at,
  EXISTS (SELECT FROM second_factor_missing m WHERE m.user_id = users.id) AS second_factor_missing`

export interface NewUser {
  id: Id
  role: GlobalRole
  email: string
  username: string
  displayName: string
  passwordHash: string
  /** Of mails; undefined: English. */
  language?: Language | undefined
  /** ms; undefined: the address has to be confirmed. */
  verifiedAt?: number | undefined
}

/** Creates an account. What the database says of a name or an address that is taken, `takenBy` understands. */
export async function createUser(q: Queryable, user: NewUser, now: number): Promise<User> {
  await q.query(
    `INSERT INTO users (id, email, username, display_name, role, password_hash, created_at, email_verified_at, language)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [user.id, user.email, user.username, user.displayName, user.role, user.passwordHash, now, user.verifiedAt ?? null, user.language ?? null],
  )
  return findUser(q, user.id)
}

/** Which of the two is taken, if `error` came of that. */
export function takenBy(error: unknown): 'email_taken' | 'username_taken' | undefined {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown }
  if (code !== '23505') return undefined
  if (constraint === 'users_email') return 'email_taken'
  return constraint === 'users_username' ? 'username_taken' : undefined
}

/** By username or email address, whatever the case. A username never holds an `@`, so the two cannot be confused. */
export async function findByLogin(db: Database, login: string): Promise<User | undefined> {
  const column = login.includes('@') ? 'email' : 'username'
  const { rows } = await db.query<User>(`SELECT ${COLUMNS} FROM users WHERE lower(${column}) = lower($1)`, [login])
  return rows[0]
}

/** Throws `session_ended`: whoever asks for an account that is gone has no session left. */
export async function findUser(q: Queryable, id: Id): Promise<User> {
  const { rows } = await q.query<User>(`SELECT ${COLUMNS} FROM users WHERE id = $1`, [id])
  if (!rows[0]) throw new CodedError('session_ended')
  return rows[0]
}

/** What the account's own person sees of it. */
export function meOf(user: User): Me {
  return {
    id: user.id,
    email: user.email ?? '',
    username: user.username ?? '',
    displayName: user.display_name,
    role: user.role,
    emailVerified: user.email_verified_at !== null,
    ...(user.avatar === null ? {} : { avatar: user.avatar }),
    ...(user.second_factor_missing ? { secondFactorMissing: true as const } : {}),
  }
}
