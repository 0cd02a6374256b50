import type { Database, Queryable } from '@chatflow/database'
import type { PushSubscriptionInfo } from '@chatflow/shared/api/push'
import { type Id, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { PushKeys } from './encrypt.ts'

/** What a device asks for. */
export interface Wish extends PushKeys {
  user: Id
  session: Id
  device: Id
  /** Checked by the guard. */
  endpoint: URL
  language: string
}

interface Row {
  id: Id
  session_id: Id
  device: Id
  host: string
  language: string
  created_at: number
  delivered_at: number | null
}

const COLUMNS = 'id, session_id, device, host, language, created_at, delivered_at'
const DAY_MS = 24 * 3_600_000
/** The database's clock, ms. */
const NOW = '(extract(epoch from now()) * 1000)::bigint'

/** Sessions that have not ended. Also those that nobody uses any more end in time: a device that was given away without signing out is not told of messages for good. */
const SESSIONS = `session_families f join users u on u.id = f.user_id
  where f.ended_at is null and u.disabled_at is null and f.last_used_at > ${NOW} - ${LIMITS.sessionUnusedDays * DAY_MS} and f.created_at > ${NOW} - ${LIMITS.sessionDays * DAY_MS}`
/** Those of them that may be told something, `(id, user_id)`: whoever must set up a second factor first is told of nothing. */
export const LIVE_SESSIONS = `(select f.id, f.user_id from ${SESSIONS} and not exists (select from second_factor_missing missing where missing.user_id = u.id))`

/**
 * Keeps a device's subscription. An endpoint belongs to one browser, so it is taken from whoever had it before, with what waits for them; a device has one endpoint, so an older one of it goes.
 * Of more than `LIMITS.pushSubscriptions` a user those go that have not been renewed for longest.
 */
export async function keepSubscription(db: Database, { user, session, device, endpoint, p256dh, auth, language }: Wish, now: number): Promise<PushSubscriptionInfo> {
  const row = await db.tx(async (q) => {
    // Of those that come at once each sees the ones before.
    await q.query('select 1 from users where id = $1 for update', [user])
    await q.query('delete from push_subscriptions where (endpoint = $1 and (user_id <> $2 or p256dh <> $4 or auth <> $5)) or (user_id = $2 and device = $3 and endpoint <> $1)', [endpoint.href, user, device, p256dh, auth])
    const kept = await q.query<Row>(
      `insert into push_subscriptions (id, user_id, session_id, device, endpoint, host, p256dh, auth, language, created_at, renewed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
       on conflict (endpoint) do update set user_id = excluded.user_id, session_id = excluded.session_id, device = excluded.device, p256dh = excluded.p256dh, auth = excluded.auth,
              language = excluded.language, renewed_at = excluded.renewed_at
       returning ${COLUMNS}`,
      [newId(), user, session, device, endpoint.href, endpoint.host, p256dh, auth, language, now],
    )
    await q.query('delete from push_subscriptions where id in (select id from push_subscriptions where user_id = $1 order by renewed_at desc, id desc offset $2)', [user, LIMITS.pushSubscriptions])
    return kept.rows[0]
  })
  if (row === undefined) throw new Error('A subscription that was kept is not there.')
  return toInfo(row, session)
}

export async function subscriptionsOf(q: Queryable, user: Id, session: Id): Promise<PushSubscriptionInfo[]> {
  const { rows } = await q.query<Row>(`select ${COLUMNS} from push_subscriptions where user_id = $1 and session_id in (select id from ${LIVE_SESSIONS} live) order by created_at desc, id`, [user])
  return rows.map((row) => toInfo(row, session))
}

/** False: the user has no such subscription. */
export async function removeSubscription(q: Queryable, user: Id, id: Id): Promise<boolean> {
  return (await q.query('delete from push_subscriptions where id = $1 and user_id = $2', [id, user])).rowCount > 0
}

/** Drops subscriptions whose session has ended, whose account is deactivated, or that another account holds. Not those of people who lack a second factor for the moment. */
export async function dropEnded(q: Queryable): Promise<void> {
  await q.query(
    `delete from push_subscriptions s where not exists (select 1 from ${SESSIONS} and f.id = s.session_id and f.user_id = s.user_id)`,
  )
}

function toInfo(row: Row, session: Id): PushSubscriptionInfo {
  return {
    id: row.id,
    device: row.device,
    service: row.host,
    language: row.language,
    createdAt: row.created_at,
    ...(row.delivered_at === null ? {} : { deliveredAt: row.delivered_at }),
    current: row.session_id === session,
  }
}
