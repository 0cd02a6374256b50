import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { Id } from '@chatflow/shared/ids'
import type { FastifyRequest } from 'fastify'
import type { AuthContext } from './context.ts'

/** What somebody showed, or failed to show, to be who they are. A passkey alone is two factors in one. */
export type Factor = 'password' | 'totp' | 'passkey' | 'recovery'

/** Rows that failures of one kind may add to the audit log for one account within an hour: whoever goes on is seen, and fills no table. */
export const MOST_ROWS = 10
const HOUR_MS = 3_600_000

export interface FailedAttempt {
  during: 'sign_in' | 'confirmation'
  factor: Factor
  /** Whose account it would have been; undefined: no account that there is. */
  user: Id | undefined
}

/** Tells the log and, where there is an account, its audit log of an attempt that failed: the kind of factor, never what was typed or where it came from. */
export async function recordFailure({ db, clock }: Pick<AuthContext, 'db' | 'clock'>, request: FastifyRequest, { during, factor, user }: FailedAttempt): Promise<void> {
  request.log.info({ during, factor, ...(user === undefined ? {} : { user }) }, 'authentication failed')
  if (user === undefined) return
  const action = `account.${during}_failed` as const
  if ((await rowsOf(db, user, action, clock())) >= MOST_ROWS) return
  await audit(db, { actor: during === 'confirmation' ? user : undefined, action, target: { kind: 'user', id: user }, details: { factor } }, clock())
}

async function rowsOf(q: Queryable, user: Id, action: string, now: number): Promise<number> {
  const { rows } = await q.query<{ n: number }>('SELECT count(*) AS n FROM audit_log WHERE target_id = $1 AND action = $2 AND at > $3', [user, action, now - HOUR_MS])
  return rows[0]?.n ?? 0
}
