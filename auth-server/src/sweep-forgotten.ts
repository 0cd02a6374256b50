import type { Queryable } from '@chatflow/database'

const DAY_MS = 24 * 3_600_000
/** How long what is of no use any more is still kept, ms (docs/SECURITY.md, "How long it is kept"). */
export const KEPT_MS = {
  /** Sessions that have ended, or that nobody could go on with: their device and times. */
  session: 90 * DAY_MS,
  /** Secrets of authenticator apps that were never confirmed. */
  unconfirmedApp: DAY_MS,
  /** Invitations that were revoked or have expired: their note. */
  invitation: 90 * DAY_MS,
  /** Jobs that were given up. */
  failedJob: 30 * DAY_MS,
}

/** Removes what nothing else removes once its time is over. `now`: ms since the epoch. */
export async function sweepForgotten(q: Queryable, now: number): Promise<void> {
  // Whose tokens are still there can be refreshed, or may turn out to be stolen.
  await q.query('DELETE FROM session_families AS family WHERE coalesce(ended_at, last_used_at) < $1 AND NOT EXISTS (SELECT FROM sessions WHERE sessions.family = family.id)', [
    now - KEPT_MS.session,
  ])
  await q.query('DELETE FROM totp WHERE confirmed_at IS NULL AND created_at < $1', [now - KEPT_MS.unconfirmedApp])
  await q.query('DELETE FROM invitations WHERE least(coalesce(revoked_at, expires_at), expires_at) < $1', [now - KEPT_MS.invitation])
  await q.query('DELETE FROM jobs WHERE failed_at < $1', [now - KEPT_MS.failedJob])
}
