import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { excerptOf } from '@chatflow/shared/notify/excerpt'
import type { PushPayload } from '@chatflow/shared/notify/push-payload'
import { judge, type PushMessage, type Reader, readConversations, readMessages, readReaders } from './push-facts.ts'
import type { DuePush } from './push-rows.ts'
import { LIVE_SESSIONS } from './subscription-rows.ts'

/** Of the messages that a push may be about so many are looked at, the newest first. */
const LOOKED_AT = 20

/**
 * What these pushes say, judged anew at the moment of sending, in a few statements for all of them: who may not read the room any more, has read it meanwhile, wants quiet or is looking gets
 * nothing, and neither does a session that has ended; a deleted message is told of to nobody (R6). What is missing in the answer is not to be sent.
 */
export async function payloadsOf(q: Queryable, pushes: readonly DuePush[], now: number, active: (user: Id, room: Id) => boolean): Promise<Map<DuePush, PushPayload>> {
  const live = await liveSubscriptions(q, pushes)
  const readers = new Map((await readReaders(q, pushes.map(({ user, room }) => ({ user, room })))).map((reader) => [`${reader.user}/${reader.room}`, reader]))
  const open = pushes.flatMap((push) => {
    const reader = readers.get(`${push.user}/${push.room}`)
    return reader === undefined || !live.has(push.subscription) ? [] : [{ push, reader }]
  })
  const messages = Map.groupBy(await readMessages(q, open.map(({ push: { room, from, to }, reader }) => ({ room, from: Math.max(from, reader.cursor + 1), to })), LOOKED_AT), ({ room }) => room)
  const conversations = await readConversations(q, [...messages.values()].flat())
  const unread = await countUnread(q, open.map(({ reader }) => reader))
  const payloads = new Map<DuePush, PushPayload>()
  for (const { push, reader } of open) {
    for (const message of messages.get(push.room) ?? []) {
      if (message.seq < push.from || message.seq > push.to) continue
      // What waited for a push service is no older news for that: that it was news was judged when it came.
      const decision = judge(message, reader, conversations, { at: now, active: active(push.user, push.room) }, now)
      if (!decision.notify) continue
      payloads.set(push, toPayload(message, reader, { reason: decision.reason, sound: decision.sound, language: push.language, count: unread.get(`${push.user}/${push.room}`) ?? 1 }))
      break
    }
  }
  return payloads
}

function toPayload(message: PushMessage, { kind, roomName, settings }: Reader, more: Pick<PushPayload, 'reason' | 'sound' | 'language' | 'count'>): PushPayload {
  return {
    room: message.room,
    message: message.id,
    seq: message.seq,
    roomName: kind === 'dm' ? '' : roomName,
    kind,
    by: message.byName,
    ...(settings.hideText ? {} : { text: excerptOf(message.text, message.byName) }),
    ...more,
  }
}

async function liveSubscriptions(q: Queryable, pushes: readonly DuePush[]): Promise<Set<Id>> {
  const { rows } = await q.query<{ id: Id }>(`select s.id from push_subscriptions s join ${LIVE_SESSIONS} live on live.id = s.session_id and live.user_id = s.user_id where s.id = any($1::uuid[])`, [
    [...new Set(pushes.map(({ subscription }) => subscription))],
  ])
  return new Set(rows.map(({ id }) => id))
}

/** Messages of others after the cursor, counted to 100. */
async function countUnread(q: Queryable, readers: readonly Reader[]): Promise<Map<string, number>> {
  const { rows } = await q.query<{ user: Id; room: Id; n: number }>(
    `select x."user", x.room, u.n from (select distinct room, "user", "cursor" from jsonb_to_recordset($1::jsonb) as x(room uuid, "user" uuid, "cursor" bigint)) x
      cross join lateral (select count(*) as n from (
        select 1 from messages where room_id = x.room and seq > x."cursor" and by_user <> x."user" and not deleted and event is null limit ${LIMITS.unreadCountedTo}) m) u`,
    [JSON.stringify(readers.map(({ user, room, cursor }) => ({ user, room, cursor })))],
  )
  return new Map(rows.map(({ user, room, n }) => [`${user}/${room}`, Math.max(1, n)]))
}
