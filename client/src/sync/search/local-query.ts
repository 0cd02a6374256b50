import type { Id } from '@chatflow/shared/ids'
import { nameKey } from '@chatflow/shared/search/fold'
import type { PersonRef, QueryProblem, RoomRef, SearchQuery } from '@chatflow/shared/search/query'
import type { Term } from '@chatflow/shared/search/term'
import type { Has } from '@chatflow/shared/search/has'

/** A query in which people and rooms are those that this device knows: what the engine is asked. */
export interface LocalQuery {
  terms: readonly Term[]
  /** One of these wrote it, if given. */
  from?: readonly Id[]
  notFrom: readonly Id[]
  /** It is in one of these, always given: a room that one is not in is not searched. */
  rooms: readonly Id[]
  has: readonly { what: Has; not: boolean }[]
  since?: number
  until?: number
}

/** What this device knows of people and rooms. */
export interface KnownNames {
  me: Id
  people: readonly { id: Id; username: string; displayName: string }[]
  /** `with`: the other people of a direct conversation. */
  rooms: readonly { id: Id; kind: string; name: string; with: readonly Id[] }[]
}

/** Puts ids for names; a name that nobody here has is told like any other fault of the query. */
export function localQuery(query: SearchQuery, known: KnownNames): { ok: true; query: LocalQuery } | ({ ok: false } & QueryProblem) {
  const people: { from: Id[]; notFrom: Id[] } = { from: [], notFrom: [] }
  for (const { person, not, at, length } of query.from) {
    const ids = peopleOf(person, known)
    if (ids.length === 0) return { ok: false, reason: 'person_unknown', at, length }
    people[not ? 'notFrom' : 'from'].push(...ids)
  }
  const within = new Set<Id>()
  const without = new Set<Id>()
  for (const { room, not, at, length } of query.in) {
    const ids = roomsOf(room, known)
    if (ids.length === 0) return { ok: false, reason: room.kind === 'direct' ? 'person_unknown' : 'room_unknown', at, length }
    for (const id of ids) (not ? without : within).add(id)
  }
  const all = known.rooms.map(({ id }) => id)
  const rooms = (within.size === 0 ? all : all.filter((id) => within.has(id))).filter((id) => !without.has(id))
  return {
    ok: true,
    query: {
      terms: query.terms,
      ...(people.from.length === 0 ? {} : { from: people.from }),
      notFrom: people.notFrom,
      rooms,
      has: query.has.map(({ what, not }) => ({ what, not })),
      ...(query.since === undefined ? {} : { since: query.since }),
      ...(query.until === undefined ? {} : { until: query.until }),
    },
  }
}

function peopleOf(person: PersonRef, { me, people }: KnownNames): Id[] {
  if (person.kind === 'me') return [me]
  if (person.kind === 'id') return [person.id]
  const wanted = person.name.toLowerCase()
  // Whose account is gone is only remembered.
  const named = people.filter(({ username }) => username !== '')
  const byUsername = named.filter(({ username }) => username.toLowerCase() === wanted)
  const found = byUsername.length > 0 ? byUsername : named.filter(({ displayName }) => displayName.toLowerCase() === wanted)
  return found.map(({ id }) => id)
}

function roomsOf(room: RoomRef, known: KnownNames): Id[] {
  switch (room.kind) {
    case 'id':
      return known.rooms.some(({ id }) => id === room.id) ? [room.id] : []
    case 'direct': {
      const others = peopleOf(room.person, known)
      return known.rooms.filter((one) => one.kind === 'dm' && one.with.some((id) => others.includes(id))).map(({ id }) => id)
    }
    case 'name': {
      const wanted = nameKey(room.name)
      return known.rooms.filter((one) => one.kind !== 'dm' && nameKey(one.name) === wanted).map(({ id }) => id)
    }
  }
}
