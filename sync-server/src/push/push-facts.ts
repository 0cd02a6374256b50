import type { Queryable } from '@chatflow/database'
import type { RoomEvent } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { decideNotification, type NotificationDecision, type PresenceFacts } from '@chatflow/shared/notify/decide-notification'
import { levelKey, NOTIFY_KEYS, type NotifySettings, readNotifySettings } from '@chatflow/shared/notify/notify-settings'
import type { RoomKind } from '@chatflow/shared/roles'

/** Somebody who may have to be told, in one room that they are in now. */
export interface Reader {
  user: Id
  room: Id
  kind: RoomKind
  roomName: string
  /** How far they have read. */
  cursor: number
  /** The app is open on some device. */
  here: boolean
  settings: NotifySettings
}

/** A message that somebody may have to be told of. */
export interface PushMessage {
  room: Id
  seq: number
  id: Id
  by: Id
  byName: string
  receivedAt: number
  editedAt: number | null
  /** Its beginning. */
  text: string
  root: Id | null
  mentions: readonly Id[]
  mentionsRoom: boolean
  deleted: boolean
  event: boolean
}

/** The database's clock, ms. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** Characters of a message that an excerpt is made of. */
const TEXT = 2_000

/**
 * The members of these rooms that have a device to be told on, all or those named, with what decides about it. Whoever is no member any more, or whose account is deactivated, is none of them.
 */
export async function readReaders(q: Queryable, wanted: readonly { room: Id; user?: Id }[]): Promise<Reader[]> {
  const { rows } = await q.query<{ user_id: Id; room_id: Id; kind: RoomKind; name: string; cursor: number; here: boolean; settings: Record<string, unknown> | null }>(
    `select m.user_id, m.room_id, r.kind, r.name, coalesce(c.seq, 0) as cursor,
            exists (select 1 from socket_places p join socket_instances i on i.id = p.instance where p.user_id = m.user_id and i.seen_at > ${NOW} - ${LIMITS.socketLeaseMs}) as here,
            (select jsonb_object_agg(s.key, s.value) from settings s where s.user_id = m.user_id and (s.key = any($2::text[]) or s.key = $3 || m.room_id)) as settings
       from (select distinct room, "user" from jsonb_to_recordset($1::jsonb) as x(room uuid, "user" uuid)) x
       join members m on m.room_id = x.room and not m.hidden and (x."user" is null or m.user_id = x."user")
       join rooms r on r.id = m.room_id
       join users u on u.id = m.user_id and u.disabled_at is null
       left join cursors c on c.room_id = m.room_id and c.user_id = m.user_id
      where exists (select 1 from push_subscriptions s where s.user_id = m.user_id)`,
    [JSON.stringify(wanted), Object.values(NOTIFY_KEYS), levelKey('')],
  )
  return rows.map(({ user_id: user, room_id: room, kind, name, cursor, here, settings }) => ({
    user, room, kind, roomName: name, cursor, here, settings: readNotifySettings((key) => settings?.[key], room),
  }))
}

interface MessageRow {
  room_id: Id
  seq: number
  id: Id
  by_user: Id
  display_name: string | null
  received_at: number
  edited_at: number | null
  text: string
  root: Id | null
  mentions: Id[] | null
  mentions_room: boolean
  deleted: boolean
  event: RoomEvent | null
}

/** Messages of these ranges of `seq`, the newest first, at most `most` of each. */
export async function readMessages(q: Queryable, ranges: readonly { room: Id; from: number; to: number }[], most: number): Promise<PushMessage[]> {
  const { rows } = await q.query<MessageRow>(
    `select distinct on (m.room_id, m.seq) m.*, u.display_name
       from jsonb_to_recordset($1::jsonb) as x(room uuid, "from" bigint, "to" bigint)
      cross join lateral (select room_id, seq, id, by_user, received_at, edited_at, left(text, ${TEXT}) as text, root, mentions, mentions_room, deleted, event
                            from messages where room_id = x.room and seq between x."from" and x."to" order by seq desc limit $2) m
       left join users u on u.id = m.by_user
      order by m.room_id, m.seq desc`,
    [JSON.stringify(ranges), most],
  )
  return rows.map((row) => ({
    room: row.room_id, seq: row.seq, id: row.id, by: row.by_user, byName: row.display_name ?? '', receivedAt: row.received_at, editedAt: row.edited_at, text: row.text, root: row.root,
    mentions: row.mentions ?? [], mentionsRoom: row.mentions_room, deleted: row.deleted, event: row.event !== null,
  }))
}

/** Who began each of the conversations that these messages answer in, or has answered in it. */
export async function readConversations(q: Queryable, messages: readonly PushMessage[]): Promise<Map<Id, Set<Id>>> {
  const people = new Map<Id, Set<Id>>()
  for (const { root } of messages) if (root !== null) people.set(root, new Set())
  if (people.size === 0) return people
  const rooms = [...new Set(messages.map(({ room }) => room))]
  const { rows } = await q.query<{ root: Id; by_user: Id }>(
    `select id as root, by_user from messages where id = any($2::uuid[])
     union select root, by_user from messages where room_id = any($1::uuid[]) and root = any($2::uuid[]) and not deleted`,
    [rooms, [...people.keys()]],
  )
  for (const { root, by_user: user } of rows) people.get(root)?.add(user)
  return people
}

export interface Judged extends PresenceFacts {
  /** Of an edit that is told of: whom it names that were not named before. */
  anew?: readonly string[] | null
  /** When what is told of came about, ms. */
  at: number
}

/** Whether the reader is to be told of the message. */
export function judge(message: PushMessage, { user, kind, cursor, settings }: Reader, conversations: ReadonlyMap<Id, ReadonlySet<Id>>, { anew = null, at, active = false }: Judged, now: number): NotificationDecision {
  const facts = {
    kind,
    at,
    own: message.by === user,
    event: message.event,
    deleted: message.deleted,
    edited: anew !== null,
    mentionsMe: anew === null ? message.mentions.includes(user) : anew.includes(user),
    mentionsRoom: anew === null ? message.mentionsRoom : anew.includes('everyone'),
    inMyConversation: message.root !== null && conversations.get(message.root)?.has(user) === true,
  }
  return decideNotification(facts, settings, { read: cursor >= message.seq, active }, now)
}
