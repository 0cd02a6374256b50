import { NodePostgresAdapter } from '@lucia-auth/adapter-postgresql'
import { Lucia, TimeSpan } from 'lucia'
import type pg from 'pg'
import type { Database, Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import { newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { deviceLabel } from './device-label.ts'
import { idOf, isRefreshToken, newRefreshToken, successorOf } from './refresh-tokens.ts'

/** A session that is not refreshed ends after this; every refresh begins it anew. */
export const SESSION_DAYS = LIMITS.sessionUnusedDays
/** However much it is used, a session ends after this: docs/decisions/auth-sessions.md. */
export const MOST_DAYS = LIMITS.sessionDays
/** Sessions that an account can have at a time; the one that was not used for longest gives way. */
export const MOST_SESSIONS = 50
const DAY_MS = 24 * 3_600_000
/** Tabs that refresh at once, and those whose answer was lost, get the same successor for this long, ms. */
const SAME_SUCCESSOR_MS = 10_000
/** Tokens that cannot be used any more are kept so long, to recognise that one was stolen, ms. */
const SPENT_KEPT_MS = 7 * DAY_MS

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>
    UserId: Id
    DatabaseSessionAttributes: SessionAttributes
  }
}

interface SessionAttributes {
  family: Id
  generation: number
}

export interface Session {
  user: Id
  family: Id
  /** The refresh token for the cookie. */
  token: string
}

type Refreshed =
  | { outcome: 'refreshed'; session: Session }
  /** Unknown, expired, or of a family that has ended. `user`: whose it was, where the token is known. */
  | { outcome: 'ended'; user?: Id }
  /** The token had been superseded or voided: the family has been ended now. */
  | { outcome: 'reused'; user: Id; family: Id }

interface SessionRow {
  id: string
  user_id: Id
  family: Id
  generation: number
  replaced_by: string | null
  replaced_at: number | null
  successors: number
  voided_at: number | null
  confirmed: boolean
}

export interface Sessions {
  /** Begins a family of sessions: one sign-in on one device, labelled by what its browser calls itself. `q`: within the caller's transaction. */
  begin(q: Queryable, user: Id, userAgent?: string): Promise<Session>
  refresh(token: string | undefined): Promise<Refreshed>
  /** Whether the token is one of this family, in whatever state. */
  isOf(token: string | undefined, family: Id): Promise<boolean>
  /** The person has shown once more who they are, within the caller's transaction: like `refresh`, but what the token before gives later is not confirmed. */
  confirm(q: Queryable, token: string): Promise<Refreshed>
  /** Ends the sessions of an account that are too many. */
  trim(user: Id): Promise<void>
  /** Ends the family of a token, whatever state the token is in. An unknown one ends nothing. */
  end(token: string | undefined): Promise<void>
  /** Removes what has expired or can no longer be used. */
  sweep(): Promise<void>
}

/**
 * Refresh tokens that rotate. lucia keeps the sessions, one row for each token; what it does not do is here: families, generations,
 * and one compare-and-set for each use. Rules (docs/PROTOCOL.md, "refresh"): a token works until its successor is first used;
 * again within 10 s it gives the same successor, later a new one that voids the unused one; a superseded or voided token ends the family.
 * After a confirmation the later one is unconfirmed: who holds the token of before must not come into what was confirmed, and whose answer was lost confirms again.
 */
export function createSessions(db: Database, secret: string, clock: () => number): Sessions {
  return {
    async begin(q, user, userAgent) {
      const family = newId()
      const token = newRefreshToken()
      const { device, browser } = deviceLabel(userAgent)
      await q.query('INSERT INTO session_families (id, user_id, created_at, last_used_at, authenticated_at, device, browser) VALUES ($1, $2, $3, $3, $3, $4, $5)', [family, user, clock(), device, browser])
      await luciaOver(q).createSession(user, { family, generation: 0 }, { sessionId: idOf(token) })
      return { user, family, token }
    },

    async refresh(token) {
      if (!isRefreshToken(token)) return { outcome: 'ended' }
      return db.tx((q) => refreshIn(q, token, secret, clock()))
    },

    async isOf(token, family) {
      if (!isRefreshToken(token)) return false
      return (await db.query('SELECT FROM sessions WHERE id = $1 AND family = $2', [idOf(token), family])).rowCount > 0
    },

    async confirm(q, token) {
      const now = clock()
      const refreshed = await refreshIn(q, token, secret, now)
      if (refreshed.outcome !== 'refreshed') return refreshed
      await q.query('UPDATE sessions SET confirmed = true WHERE id = $1', [idOf(token)])
      await q.query('UPDATE session_families SET authenticated_at = $2 WHERE id = $1', [refreshed.session.family, now])
      return refreshed
    },

    async trim(user) {
      const now = clock()
      await db.tx(async (q) => {
        // Of two who sign in at once the second counts the first.
        await q.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [user])
        const { rows } = await q.query<{ id: Id }>(
          `UPDATE session_families SET ended_at = $2 WHERE ended_at IS NULL AND id IN (
             SELECT id FROM session_families WHERE user_id = $1 AND ended_at IS NULL AND last_used_at > $3 AND created_at > $4
              ORDER BY last_used_at DESC, id DESC OFFSET $5) RETURNING id`,
          [user, now, now - SESSION_DAYS * DAY_MS, now - MOST_DAYS * DAY_MS, MOST_SESSIONS],
        )
        for (const { id } of rows) await audit(q, { action: 'session.ended', target: { kind: 'session', id }, details: { reason: 'too_many' } }, now)
      })
    },

    async end(token) {
      if (!isRefreshToken(token)) return
      await db.tx(async (q) => {
        const { rows } = await q.query<{ id: Id; user_id: Id }>(
          'UPDATE session_families SET ended_at = $2 WHERE id = (SELECT family FROM sessions WHERE id = $1) AND ended_at IS NULL RETURNING id, user_id',
          [idOf(token), clock()],
        )
        for (const { id, user_id: actor } of rows) await audit(q, { actor, action: 'session.ended', target: { kind: 'session', id } }, clock())
      })
    },

    async sweep() {
      await luciaOver(db).deleteExpiredSessions()
      await db.query(
        `DELETE FROM sessions USING sessions AS successor
         WHERE sessions.replaced_by = successor.id AND successor.replaced_by IS NOT NULL AND successor.replaced_at < $1`,
        [clock() - SPENT_KEPT_MS],
      )
      await db.query('DELETE FROM sessions WHERE voided_at < $1', [clock() - SPENT_KEPT_MS])
    },
  }
}

async function refreshIn(q: Queryable, token: string, secret: string, now: number): Promise<Refreshed> {
  const lucia = luciaOver(q)
  const id = idOf(token)
  const { session } = await lucia.validateSession(id)
  if (!session) return { outcome: 'ended' }
  if (await hasEnded(q, session.family, now)) return { outcome: 'ended', user: session.userId }

  const first = successorOf(token, 1, secret)
  // Of all uses of this token exactly one gets past this; the others wait here for it.
  const { rows } = await q.query<SessionRow>(
    `UPDATE sessions SET replaced_by = $2, replaced_at = $3, successors = 1
     WHERE id = $1 AND replaced_by IS NULL AND voided_at IS NULL RETURNING *`,
    [id, idOf(first), now],
  )
  if (rows[0]) return succeed(q, rows[0], first, now)
  return replaceAgain(q, token, secret, now)
}

/** A token that has a successor already, or has been voided. */
async function replaceAgain(q: Queryable, token: string, secret: string, now: number): Promise<Refreshed> {
  const row = await lock(q, idOf(token))
  if (!row) return { outcome: 'ended' }
  const successor = row.replaced_by === null ? undefined : await lock(q, row.replaced_by)
  const isLate = now - (row.replaced_at ?? 0) > SAME_SUCCESSOR_MS
  const isSpent = row.voided_at !== null || successor === undefined || successor.replaced_by !== null
  if (isSpent) {
    const { rows } = await q.query<{ device: string; browser: string }>('UPDATE session_families SET ended_at = $2 WHERE id = $1 RETURNING device, browser', [row.family, now])
    await enqueue(q, 'mail', { user: row.user_id, template: 'session_reused', facts: { ...rows[0] } }, { now })
    await audit(q, { actor: row.user_id, action: 'session.reused', target: { kind: 'session', id: row.family } }, now)
    return { outcome: 'reused', user: row.user_id, family: row.family }
  }
  if (!isLate) {
    return { outcome: 'refreshed', session: { user: row.user_id, family: row.family, token: successorOf(token, row.successors, secret) } }
  }
  if (row.confirmed) await q.query('UPDATE session_families SET authenticated_at = 0 WHERE id = $1', [row.family])
  const next = successorOf(token, row.successors + 1, secret)
  await q.query('UPDATE sessions SET voided_at = $2 WHERE id = $1', [successor.id, now])
  await q.query('UPDATE sessions SET replaced_by = $2, replaced_at = $3, successors = successors + 1 WHERE id = $1', [row.id, idOf(next), now])
  return succeed(q, row, next, now)
}

async function succeed(q: Queryable, { user_id: user, family, generation }: SessionRow, token: string, now: number): Promise<Refreshed> {
  await q.query('UPDATE session_families SET last_used_at = $2 WHERE id = $1', [family, now])
  await luciaOver(q).createSession(user, { family, generation: generation + 1 }, { sessionId: idOf(token) })
  return { outcome: 'refreshed', session: { user, family, token } }
}

async function lock(q: Queryable, id: string): Promise<SessionRow | undefined> {
  return (await q.query<SessionRow>('SELECT * FROM sessions WHERE id = $1 FOR UPDATE', [id])).rows[0]
}

/** Holds the family until the end of the transaction: nothing else uses or ends it in between. One that is too old ends here. */
async function hasEnded(q: Queryable, family: Id, now: number): Promise<boolean> {
  const { rows } = await q.query<{ created_at: number }>('SELECT created_at FROM session_families WHERE id = $1 AND ended_at IS NULL FOR UPDATE', [family])
  if (!rows[0]) return true
  if (rows[0].created_at > now - MOST_DAYS * DAY_MS) return false
  await q.query('UPDATE session_families SET ended_at = $2 WHERE id = $1', [family, now])
  await audit(q, { action: 'session.ended', target: { kind: 'session', id: family }, details: { reason: 'too_old' } }, now)
  return true
}

/** lucia over one connection, so that what it does is part of the transaction. It asks for no more of `pg` than `query`. */
function luciaOver(q: Queryable) {
  const adapter = new NodePostgresAdapter(q as unknown as pg.Pool, { user: 'users', session: 'sessions' })
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    getSessionAttributes: ({ family, generation }) => ({ family, generation }),
  })
}
