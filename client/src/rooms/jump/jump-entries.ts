import type { DirectoryRoom } from '@chatflow/shared/api/chat'
import type { Id } from '@chatflow/shared/ids'
import fuzzysort from 'fuzzysort'
import type { PersonView, RoomView } from '../../chat/views.ts'
import { badgeOf, isUnread } from '../sections.ts'

/** Somewhere to go: a room of one's own, a person who is in no conversation with one yet, or a public room to join. */
export type JumpEntry = { key: string; name: string; /** Found by this as well. */ also: string } & (
  | { what: 'room'; room: RoomView }
  | { what: 'person'; person: PersonView }
  | { what: 'directory'; room: DirectoryRoom }
)

/** Places are listed up to this many. */
const SHOWN = 30
/** Below this a match is an accident. */
const GOOD_ENOUGH = 0.3

export interface Places {
  rooms: readonly RoomView[]
  people: readonly PersonView[]
  directory: readonly DirectoryRoom[]
  me: Id
}

/** Everything there is to jump to, each once: who has a conversation with one is that conversation. */
export function jumpEntries({ rooms, people, directory, me }: Places): JumpEntry[] {
  const entries = new Map<string, JumpEntry>()
  const partners = new Set<Id>()
  for (const room of rooms) {
    const [other, ...more] = room.with
    if (room.kind === 'dm' && other !== undefined && more.length === 0) partners.add(other.id)
    entries.set(room.id, { what: 'room', key: room.id, name: room.name, also: room.with.map((person) => person.username).join(' '), room })
  }
  for (const room of directory) {
    if (!entries.has(room.room)) entries.set(room.room, { what: 'directory', key: room.room, name: room.name, also: '', room })
  }
  for (const person of people) {
    // Whose account is gone cannot be written to.
    if (person.id === me || person.username === '' || partners.has(person.id) || entries.has(person.id)) continue
    entries.set(person.id, { what: 'person', key: person.id, name: person.displayName, also: person.username, person })
  }
  return [...entries.values()]
}

/** `recent`: rooms opened lately, the last one first. `open`: the room on the screen. */
export interface Habits {
  recent: readonly Id[]
  open: Id | undefined
}

/**
 * What to offer, the likeliest first. Without a query: what is unread, then where one has been lately, then the other rooms. With one: by how
 * well the name or username fits, where accents, case and the width of characters make no difference.
 */
export function rankEntries(entries: readonly JumpEntry[], query: string, habits: Habits): JumpEntry[] {
  const wanted = plain(query)
  if (wanted === '') return suggestions(entries, habits).slice(0, SHOWN)
  return fuzzysort
    .go(wanted, entries, {
      keys: [(entry: JumpEntry) => plain(entry.name), (entry: JumpEntry) => plain(entry.also)],
      threshold: GOOD_ENOUGH,
      limit: SHOWN,
      scoreFn: ({ score, obj }) => score * weight(obj, habits),
    })
    .map(({ obj }) => obj)
}

function suggestions(entries: readonly JumpEntry[], { recent, open }: Habits): JumpEntry[] {
  const rooms = entries.filter((entry) => entry.what === 'room' && entry.key !== open) as (JumpEntry & { what: 'room' })[]
  const urgency = ({ room }: { room: RoomView }) => (!isUnread(room) ? 0 : badgeOf(room) === undefined ? 1 : 2)
  const lately = ({ key }: JumpEntry) => (recent.includes(key) ? recent.length - recent.indexOf(key) : 0)
  return rooms.sort(
    (a, b) =>
      urgency(b) - urgency(a) ||
      (urgency(a) === 0 ? lately(b) - lately(a) : 0) ||
      Number(a.room.archived) - Number(b.room.archived) ||
      b.room.lastActivityAt - a.room.lastActivityAt,
  )
}

/** Of two names that fit as well, the room that one is in and was in lately is meant rather than one that nobody uses any more. */
function weight(entry: JumpEntry, { recent, open }: Habits): number {
  if (entry.what === 'directory') return 0.8
  if (entry.what === 'person') return 0.9
  const place = recent.indexOf(entry.key)
  const habit = entry.key === open || place === -1 ? 0 : 0.1 * (1 - place / recent.length)
  return (entry.room.archived ? 0.7 : 1) + habit + (isUnread(entry.room) ? 0.03 : 0)
}

/** One spelling for what looks the same: composed and decomposed accents, full and half width. */
function plain(text: string): string {
  return text.normalize('NFKC').trim()
}
