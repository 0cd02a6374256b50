import type { Entry, RoomEvent } from '@chatflow/shared/entry'
import { dmRoomId, type Id, newId } from '@chatflow/shared/ids'
import { mentionedUsernames } from '@chatflow/shared/mentions'
import type { RoomRole } from '@chatflow/shared/roles'
import { compose, type Said } from './compose.ts'
import type { Username } from './people.ts'
import type { Random } from './random.ts'
import type { DemoRoom } from './rooms.ts'

/** Everything of one room, in the spelling of the sync-server's tables. */
export interface RoomRows {
  room: { id: Id; kind: string; name: string; topic: string; created_by: Id; created_at: number; head: number; rev: number; last_received_at: number; member_count: number }
  members: { user_id: Id; role: RoomRole; joined_at: number }[]
  messages: MessageRow[]
  reactions: { seq: number; emoji: string; user_id: Id; rev: number }[]
  mentions: { user_id: Id; seq: number; by_user: Id; at: number }[]
  cursors: { user_id: Id; seq: number }[]
}

interface MessageRow {
  seq: number
  id: Id
  rev: number
  by_user: Id
  sent_at: number
  received_at: number
  text: string
  reply_to: Id | null
  mentions: Id[] | null
  pinned: boolean
  edited_at: number | null
  deleted: boolean
  event: Entry['event'] | null
}

export type People = Readonly<Record<Username, Id>>

const DAYS = 27
const PINS = 3
/** How many of the newest messages the person who signs in first has not read, in rooms taken in turn. */
const UNREAD = [0, 9, 0, 4, 2, 0, 1, 0] as const

/** Writes the history of a room: who said what when, with a dense seq and a rev for every change. */
export function roomRows(room: DemoRoom, place: number, people: People, now: number, random: Random): RoomRows {
  const owner = people[room.members[0] ?? 'mira']
  const said = compose({ scenes: room.scenes, cast: room.members, messages: room.messages, days: DAYS, now }, random)
  const createdAt = (said[0]?.at ?? now) - 3_600_000
  const messages: MessageRow[] = []
  const reactions: RoomRows['reactions'] = []
  const mentions: RoomRows['mentions'] = []
  const places = new Map<Said, MessageRow>()
  if (room.kind !== 'dm') messages.push(messageRow({ seq: 1, by: owner, at: createdAt, text: '', event: { type: 'created' } }))
  for (const line of said) {
    const seq = messages.length + 1
    const by = people[line.by]
    const row = messageRow({ seq, by, at: line.at, text: line.text, event: null })
    const meant = mentionedUsernames(line.text).flatMap((name) => (name in people ? people[name as Username] : []))
    row.reply_to = (line.replyTo && places.get(line.replyTo)?.id) ?? null
    row.mentions = meant.length > 0 ? meant : null
    // Now and then somebody was on a ship without reception.
    if (random.next() < 0.004) row.sent_at -= random.between(15, 70) * 60_000
    if (line.fate === 'edited') row.edited_at = line.at + 60_000
    mentions.push(...meant.filter((user) => user !== by).map((user) => ({ user_id: user, seq, by_user: by, at: line.at })))
    places.set(line, row)
    messages.push(row)
  }
  for (const line of said.filter(({ fate }) => fate === 'pinned').slice(-PINS)) {
    const row = places.get(line)
    if (row) row.pinned = true
  }
  let rev = messages.length
  for (const [line, { seq }] of places) {
    for (const { emoji, by } of line.reactions) reactions.push({ seq, emoji, user_id: people[by], rev: ++rev })
  }
  const id = room.kind === 'dm' ? dmRoomId(room.members.map((name) => people[name])) : newId()
  const head = messages.length
  return {
    room: {
      id,
      kind: room.kind,
      name: room.name,
      topic: room.topic,
      created_by: owner,
      created_at: createdAt,
      head,
      rev: rev + 1,
      last_received_at: messages.at(-1)?.received_at ?? createdAt,
      member_count: room.members.length,
    },
    members: room.members.map((name, index) => ({
      user_id: people[name],
      role: index === 0 && room.kind !== 'dm' ? 'owner' : index === 1 && room.kind !== 'dm' ? 'moderator' : 'member',
      joined_at: createdAt + index,
    })),
    messages,
    reactions: distinct(reactions),
    mentions,
    cursors: room.members.map((name) => ({ user_id: people[name], seq: name === 'mira' ? head - (UNREAD[place] ?? 0) : head })),
  }
}

function messageRow({ seq, by, at, text, event }: { seq: number; by: Id; at: number; text: string; event: RoomEvent | null }): MessageRow {
  const fixed = { reply_to: null, mentions: null, pinned: false, edited_at: null, deleted: false }
  return { seq, id: newId(), rev: seq, by_user: by, sent_at: at, received_at: at, text, event, ...fixed }
}

/** One person leaves one emoji on a message once. */
function distinct(reactions: RoomRows['reactions']): RoomRows['reactions'] {
  const seen = new Set<string>()
  return reactions.filter(({ seq, emoji, user_id }) => {
    const key = `${seq}:${emoji}:${user_id}`
    return !seen.has(key) && seen.add(key)
  })
}
