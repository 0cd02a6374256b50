import type { Database, Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { judge, readConversations, readMessages, readReaders } from './push-facts.ts'

/** Messages of a room at a time: they become one push. */
const AT_ONCE = 200
/** Whoever has the app open somewhere gets so long to read a message there, ms. */
const GRACE_MS = 5_000
/** What could not be sent by then is not sent any more, and push services keep it no longer either, ms. */
const PUSH_FOR_MS = 4 * 3_600_000
/** Of one room a device is told at most so often, ms. */
export const BETWEEN_MS = 10_000

interface Noted {
  room_id: Id
  seq: number
  anew: string[] | null
}

interface Wanted {
  user: Id
  room: Id
  from: number
  to: number
  due: number
}

/**
 * Works out for the messages that were noted of one room whom to tell, in a few statements however many members it has, and puts one push a device into the queue, or adds to the one that waits
 * there. A room at a time, so that the embedded database is not held for long. Of several instances each takes others. Answers whether there may be more. `active`: somebody has the room before their eyes on this instance.
 */
export function fanOut(db: Database, now: number, active: (user: Id, room: Id) => boolean): Promise<boolean> {
  return db.tx(async (q) => {
    const noted = await takeNoted(q)
    if (noted.length === 0) return false
    const wanted = await whomToTell(q, noted, now, active)
    if (wanted.length > 0) await enqueue(q, wanted, now)
    return true
  })
}

async function takeNoted(q: Queryable): Promise<Noted[]> {
  const { rows } = await q.query<Noted>(
    `with first as (select room_id from push_messages order by at, room_id, seq limit 1 for update skip locked)
     delete from push_messages where (room_id, seq) in (
       select room_id, seq from push_messages where room_id = (select room_id from first) order by seq limit $1 for update skip locked) returning room_id, seq, anew`,
    [AT_ONCE],
  )
  return rows
}

async function whomToTell(q: Queryable, noted: readonly Noted[], now: number, active: (user: Id, room: Id) => boolean): Promise<Wanted[]> {
  const anewOf = new Map(noted.map(({ room_id: room, seq, anew }) => [`${room}/${seq}`, anew]))
  const messages = await readMessages(q, noted.map(({ room_id: room, seq }) => ({ room, from: seq, to: seq })), 1)
  const conversations = await readConversations(q, messages)
  const readers = Map.groupBy(await readReaders(q, noted.map(({ room_id: room }) => ({ room }))), ({ room }) => room)
  const wanted = new Map<string, Wanted>()
  for (const message of messages) {
    const { room, seq } = message
    const anew = anewOf.get(`${room}/${seq}`) ?? null
    const at = anew === null ? message.receivedAt : (message.editedAt ?? message.receivedAt)
    for (const reader of readers.get(room) ?? []) {
      const { user, here } = reader
      if (!judge(message, reader, conversations, { anew, at, active: active(user, room) }, now).notify) continue
      const before = wanted.get(`${user}/${room}`)
      wanted.set(`${user}/${room}`, { user, room, from: Math.min(seq, before?.from ?? seq), to: Math.max(seq, before?.to ?? seq), due: here ? now + GRACE_MS : now })
    }
  }
  return [...wanted.values()]
}

/** What waits already shows the newest; what was just sent keeps the next one waiting. In one order, so that two instances never wait for each other crosswise. */
async function enqueue(q: Queryable, wanted: readonly Wanted[], now: number): Promise<void> {
  await q.query(
    `insert into pushes (subscription_id, room_id, from_seq, to_seq, due_at, expires_at)
     select s.id, x.room, x."from", x."to", x.due, $2 from jsonb_to_recordset($1::jsonb) as x("user" uuid, room uuid, "from" bigint, "to" bigint, due bigint)
       join push_subscriptions s on s.user_id = x."user" order by s.id, x.room
     on conflict (subscription_id, room_id) do update set
       from_seq = case when pushes.due_at is null then excluded.from_seq else least(pushes.from_seq, excluded.from_seq) end,
       to_seq = case when pushes.due_at is null then excluded.to_seq else greatest(pushes.to_seq, excluded.to_seq) end,
       due_at = coalesce(pushes.due_at, greatest(excluded.due_at, pushes.sent_at + $3)),
       expires_at = excluded.expires_at`,
    [JSON.stringify(wanted), now + PUSH_FOR_MS, BETWEEN_MS],
  )
}
