import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { BETWEEN_MS } from './fan-out.ts'

/** A push that is to be sent now, with where to. */
export interface DuePush {
  subscription: Id
  user: Id
  room: Id
  /** The messages that it may be about. */
  from: number
  to: number
  /** This try included. */
  attempts: number
  expiresAt: number
  endpoint: string
  host: string
  p256dh: Buffer
  auth: Buffer
  language: string
  /** In a row, of the subscription. */
  failures: number
  failingSince: number | null
}

/** Another instance takes a push to be abandoned after this; a try ends well before it, ms. */
const LEASE_MS = 60_000

export interface Free {
  /** At most so many. */
  places: number
  /** At most so many to one host, those on their way included. */
  perHost: number
  /** On their way, by host. */
  busy: Readonly<Record<string, number>>
  /** Hosts that get nothing for now. */
  resting: readonly string[]
  /** Subscriptions that take what they are sent; or the others: those that never have, or did not the last time. */
  proven: boolean
}

interface Row {
  subscription_id: Id
  user_id: Id
  room_id: Id
  from_seq: number
  to_seq: number
  attempts: number
  expires_at: number
  endpoint: string
  host: string
  p256dh: Buffer
  auth: Buffer
  language: string
  failures: number
  failing_since: number | null
}

/** Whether there is anything to take: an idle server asks this once a second. */
export async function isAnyDue(q: Queryable, now: number): Promise<boolean> {
  return (await q.query('select 1 from pushes where due_at <= $1 and (locked_until is null or locked_until <= $1) limit 1', [now])).rows.length > 0
}

/** Takes what is due, the longest due first, for this instance alone. */
export async function takeDue(q: Queryable, { places, perHost, busy, resting, proven }: Free, now: number): Promise<DuePush[]> {
  if (places <= 0) return []
  const { rows } = await q.query<Row>(
    `with mine as (
       update pushes p set locked_until = $1::bigint + ${LEASE_MS}, attempts = p.attempts + 1
        where (p.subscription_id, p.room_id) in (
          select d.subscription_id, d.room_id from pushes d
           where d.due_at <= $1 and (d.locked_until is null or d.locked_until <= $1)
             and (d.subscription_id, d.room_id) in (
               select subscription_id, room_id from (
                 select w.subscription_id, w.room_id, w.due_at, s.host, row_number() over (partition by s.host order by w.due_at, w.subscription_id, w.room_id) as nth
                   from pushes w join push_subscriptions s on s.id = w.subscription_id
                  where w.due_at <= $1 and (w.locked_until is null or w.locked_until <= $1) and s.rests_until <= $1 and not s.host = any($5::text[])
                    and (s.failures = 0 and s.delivered_at is not null) = $6
               ) n where nth + coalesce(($4::jsonb ->> host)::int, 0) <= $3 order by due_at limit $2
             )
           for update skip locked)
       returning p.*
     )
     select m.subscription_id, m.room_id, m.from_seq, m.to_seq, m.attempts, m.expires_at, s.user_id, s.endpoint, s.host, s.p256dh, s.auth, s.language, s.failures, s.failing_since
       from mine m join push_subscriptions s on s.id = m.subscription_id`,
    [now, places, perHost, JSON.stringify(busy), resting, proven],
  )
  return rows.map((row) => ({
    subscription: row.subscription_id, user: row.user_id, room: row.room_id, from: row.from_seq, to: row.to_seq, attempts: row.attempts, expiresAt: row.expires_at,
    endpoint: row.endpoint, host: row.host, p256dh: row.p256dh, auth: row.auth, language: row.language, failures: row.failures, failingSince: row.failing_since,
  }))
}

/** What is left of a push `p` when the messages that it was taken for (`x`) are done: those that came meanwhile, and earlier ones that were edited meanwhile to name the reader. */
const LEFT = `from_seq = case when p.from_seq < x."from" then p.from_seq else greatest(p.from_seq, x."to" + 1) end,
              to_seq = case when p.to_seq <= x."to" and p.from_seq < x."from" then x."from" - 1 else p.to_seq end`

/** They were sent. What came meanwhile waits for a moment. */
export async function pushesSent(q: Queryable, pushes: readonly DuePush[], now: number): Promise<void> {
  if (pushes.length === 0) return
  const rows = JSON.stringify(pushes.map(({ subscription, room, from, to }) => ({ subscription, room, from, to })).sort((a, b) => (a.subscription + a.room < b.subscription + b.room ? -1 : 1)))
  await q.query('update push_subscriptions set delivered_at = $2, failures = 0, failing_since = null, rests_until = 0 where id in (select subscription from jsonb_to_recordset($1::jsonb) as x(subscription uuid))', [rows, now])
  await q.query(
    `update pushes p set locked_until = null, attempts = 0, sent_at = $2, ${LEFT}, due_at = case when p.to_seq > x."to" or p.from_seq < x."from" then $2::bigint + $3 end
       from jsonb_to_recordset($1::jsonb) as x(subscription uuid, room uuid, "from" bigint, "to" bigint) where p.subscription_id = x.subscription and p.room_id = x.room`,
    [rows, now, BETWEEN_MS],
  )
}

/** Nothing of it is to be told, or it is given up. What came meanwhile is looked at by itself. */
export async function dropPush(q: Queryable, { subscription, room, from, to }: Pick<DuePush, 'subscription' | 'room' | 'from' | 'to'>): Promise<void> {
  const gone = await q.query('delete from pushes where subscription_id = $1 and room_id = $2 and from_seq >= $3 and to_seq <= $4', [subscription, room, from, to])
  if (gone.rowCount > 0) return
  await q.query(
    `update pushes p set locked_until = null, attempts = 0, ${LEFT} from (select $3::bigint as "from", $4::bigint as "to") x where p.subscription_id = $1 and p.room_id = $2`,
    [subscription, room, from, to],
  )
}

/** It is tried again at `due`. `counts`: that it was taken for this try counts as one. */
export async function putBack(q: Queryable, { subscription, room }: DuePush, due: number, { counts }: { counts: boolean }): Promise<void> {
  await q.query('update pushes set locked_until = null, due_at = $3, attempts = attempts - $4::int where subscription_id = $1 and room_id = $2', [subscription, room, due, counts ? 0 : 1])
}

/** The subscription did not take what it was sent: it rests. */
export async function subscriptionFailed(q: Queryable, subscription: Id, now: number, restsUntil: number): Promise<void> {
  await q.query('update push_subscriptions set failures = failures + 1, failing_since = coalesce(failing_since, $2), rests_until = $3 where id = $1', [subscription, now, restsUntil])
}

/** Nothing is sent there any more, and nothing waits for it. */
export async function subscriptionGone(q: Queryable, subscription: Id): Promise<void> {
  await q.query('delete from push_subscriptions where id = $1', [subscription])
}

/** Whoever has a room before their eyes is told nothing of it. */
export async function dropSeen(q: Queryable, seen: readonly { user: Id; room: Id }[]): Promise<void> {
  if (seen.length === 0) return
  await q.query(
    `delete from pushes p using push_subscriptions s, jsonb_to_recordset($1::jsonb) as x("user" uuid, room uuid)
      where p.room_id = x.room and s.id = p.subscription_id and s.user_id = x."user" and p.due_at is not null and p.locked_until is null`,
    [JSON.stringify(seen)],
  )
}

/** Removes what was sent and delays nothing any more, and what has become too old. */
export async function sweepPushes(q: Queryable, now: number): Promise<void> {
  await q.query('delete from pushes where (due_at is null and sent_at < $1::bigint - $2) or (expires_at < $1 and (locked_until is null or locked_until < $1))', [now, BETWEEN_MS])
}

/** Removes notes of messages that are no news any more: the database was away, or there were too many. */
export async function sweepNotes(q: Queryable, now: number): Promise<void> {
  await q.query('delete from push_messages where at <= $1', [now - LIMITS.notifiedWithinMs])
}
