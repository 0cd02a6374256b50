import { auditAtMost } from '@chatflow/server-kit/audit'
import type { Factor } from '@chatflow/shared/audit'
import type { Id } from '@chatflow/shared/ids'
import type { FastifyRequest } from 'fastify'
import type { AuthContext } from './context.ts'

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
  const entry = {
    actor: during === 'confirmation' ? user : undefined,
    action: `account.${during}_failed`,
    target: user === undefined ? undefined : ({ kind: 'user', id: user } as const),
    details: { factor },
  } as const
  // Also where there is no account: whoever measures the next answer does not see which.
  await auditAtMost(db, entry, clock(), { most: MOST_ROWS, withinMs: HOUR_MS })
}
