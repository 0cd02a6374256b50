import { dmRoomId, type Id } from '@chatflow/shared/ids'
import { NEEDLES } from './needles.ts'
import { seeded, talk } from './texts.ts'

/** Who talks. `kim` is the one who searches. */
const PEOPLE = { kim: 'Kim Park', ann: 'Ann Lee', ben: 'Ben Köhler', mia: 'Mia Schäfer', jorg: 'Jörg Weiß', lin: '林小雨', sato: '佐藤健', zoe: 'Zoe Zero' } as const
export type PersonName = keyof typeof PEOPLE

/** Where, by the rooms' names. `kim` is in all of them but `closed`. */
const ROOMS = { general: 'general', allgemein: 'Allgemein', engineering: 'engineering', betrieb: 'betrieb', design: 'design', random: 'random', support: 'support', tokyo: '東京', release: 'Release Planning', 'direct-ben': '', closed: 'closed' } as const
export type RoomName = keyof typeof ROOMS

export interface CorpusPerson {
  id: Id
  username: string
  displayName: string
}

export interface CorpusRoom {
  id: Id
  kind: 'private' | 'dm'
  name: string
  members: Id[]
}

export interface CorpusMessage {
  /** Of a needle. */
  key?: string
  room: Id
  seq: number
  id: Id
  by: Id
  receivedAt: number
  text: string
  pinned: boolean
  deleted: boolean
  /** Somebody has reacted with 👍. */
  reaction: boolean
  /** The message that this one answers. */
  replyTo?: Id
  answers: number
}

export interface Corpus {
  /** Who searches. */
  me: CorpusPerson
  people: CorpusPerson[]
  rooms: CorpusRoom[]
  /** By room, then by `seq`, which begins at 1. */
  messages: CorpusMessage[]
  /** ms: nothing was said later. */
  end: number
}

const MESSAGES = 50_000
const END = Date.parse('2026-03-01T12:00:00Z')
const DAYS = 730
const DAY_MS = 86_400_000

type Draft = Omit<CorpusMessage, 'seq' | 'room' | 'id'>

/**
 * 50 000 messages of two years in English, German, Chinese and Japanese, the same every time, with those among them that `expectations.ts` looks for. `me`: the id of who searches, where that
 * is somebody who is there already. `size`: how many messages, for measurements.
 */
export function searchCorpus(me: Id = idOf(1, 0), size = MESSAGES): Corpus {
  const chance = seeded(20_260_301)
  const names = Object.keys(PEOPLE) as PersonName[]
  const people = names.map((username, n): CorpusPerson => ({ id: username === 'kim' ? me : idOf(1, n), username, displayName: PEOPLE[username] }))
  const by = (username: PersonName): Id => people[names.indexOf(username)]?.id ?? ''
  const messages: CorpusMessage[] = []
  const rooms: CorpusRoom[] = []
  for (const [n, room] of (Object.keys(ROOMS) as RoomName[]).entries()) {
    const isDirect = room === 'direct-ben'
    const members = isDirect ? [by('kim'), by('ben')] : names.filter((name) => room !== 'closed' || name !== 'kim').map(by)
    const id = isDirect ? dmRoomId(members) : idOf(2, n)
    rooms.push({ id, kind: isDirect ? 'dm' : 'private', name: ROOMS[room], members })
    const drafts: Draft[] = []
    for (let i = 0; i < size / Object.keys(ROOMS).length; i++) {
      const receivedAt = END - Math.floor(chance() * DAYS * DAY_MS)
      drafts.push({ by: members[Math.floor(chance() * members.length)] ?? me, receivedAt, text: talk(chance), pinned: chance() < 0.0005, deleted: chance() < 0.005, reaction: chance() < 0.02, answers: 0 })
    }
    for (const needle of NEEDLES) {
      if (needle.room !== room) continue
      const { key, text, pinned = false, reaction = false, deleted = false, answered = false } = needle
      drafts.push({ key, by: by(needle.by), receivedAt: Date.parse(needle.at), text: deleted ? '' : text, pinned, deleted, reaction, answers: answered ? 1 : 0 })
    }
    drafts.sort((a, b) => a.receivedAt - b.receivedAt)
    for (const [i, draft] of drafts.entries()) messages.push({ ...draft, ...(draft.deleted ? { text: '' } : {}), room: id, seq: i + 1, id: idOf(3, messages.length) })
    answer(messages, id, chance)
  }
  return { me: { id: me, username: 'kim', displayName: PEOPLE.kim }, people, rooms, messages, end: END }
}

/** Some answer what was said before; needles that have an answer get theirs by whoever wrote next. */
function answer(messages: CorpusMessage[], room: Id, chance: () => number): void {
  const here = messages.filter((message) => message.room === room)
  for (const [i, message] of here.entries()) {
    const before = here[i - 1]
    if (before === undefined || message.key !== undefined || message.deleted || before.deleted || before.replyTo !== undefined) continue
    if (before.answers === 0 && (before.key !== undefined || chance() > 0.02)) continue
    message.replyTo = before.id
    before.answers = 1
  }
}

/** Ids of version 7, the same every time. */
function idOf(kind: number, n: number): Id {
  return `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}
