import type { Queryable } from '@chatflow/database'
import { ExtendedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { GlobalRole, RoomKind } from '@chatflow/shared/roles'
import { nameKey } from '@chatflow/shared/search/fold'
import type { PersonRef, Place, QueryFault, SearchQuery } from '@chatflow/shared/search/query'

/** Who searches. */
export interface Searcher {
  user: Id
  role: GlobalRole
}

interface SearchRoom {
  id: Id
  kind: RoomKind
  name: string
  floor: number
  head: number
  indexed_to: number
}

/** What a query means for the searcher: in which rooms, by whom. */
export interface Scope {
  rooms: SearchRoom[]
  /** Empty: by anybody. */
  authors: Id[]
  notAuthors: Id[]
}

/** Whom and which rooms a query names. Only the searcher's rooms exist for it, and for guests only people of these. Throws `search_query_invalid` for the others. */
export async function resolve(q: Queryable, { user, role }: Searcher, query: SearchQuery): Promise<Scope> {
  const { rows } = await q.query<SearchRoom>(
    'select r.id, r.kind, r.name, r.floor, r.head, r.indexed_to from members m join rooms r on r.id = m.room_id where m.user_id = $1 and not m.hidden',
    [user],
  )
  const people = async (person: PersonRef, place: Place): Promise<Id[]> => {
    if (person.kind !== 'name') return [person.kind === 'me' ? user : person.id]
    const found = await findPeople(q, { user, role }, person.name)
    return found.length > 0 ? found : fail('person_unknown', place)
  }
  const authors: Id[] = []
  const notAuthors: Id[] = []
  for (const filter of query.from) (filter.not ? notAuthors : authors).push(...(await people(filter.person, filter)))

  const wanted = new Set<Id>()
  const unwanted = new Set<Id>()
  for (const filter of query.in) {
    const { room } = filter
    const found = room.kind === 'direct' ? await directWith(q, rows, await people(room.person, filter)) : rows.filter((row) => (room.kind === 'id' ? row.id === room.id : row.kind !== 'dm' && nameKey(row.name) === nameKey(room.name)))
    if (found.length === 0) fail('room_unknown', filter)
    for (const { id } of found) (filter.not ? unwanted : wanted).add(id)
  }
  const isNarrowed = query.in.some(({ not }) => !not)
  return { rooms: rows.filter(({ id }) => (!isNarrowed || wanted.has(id)) && !unwanted.has(id)), authors: [...new Set(authors)], notAuthors: [...new Set(notAuthors)] }
}

/** Whoever has the username; where nobody does, those of that display name. */
async function findPeople(q: Queryable, { user, role }: Searcher, name: string): Promise<Id[]> {
  const seen =
    role === 'guest'
      ? `and (u.id = $2 or exists (select 1 from members mine join members theirs on theirs.room_id = mine.room_id where mine.user_id = $2 and theirs.user_id = u.id)
             or exists (select 1 from members mine join messages m on m.room_id = mine.room_id where mine.user_id = $2 and m.by_user = u.id))`
      : 'and $2::uuid is not null'
  const { rows } = await q.query<{ id: Id; named: boolean }>(
    `select u.id, coalesce(lower(u.username) = lower($1), false) as named from users u
      where (lower(u.username) = lower($1) or lower(u.display_name) = lower($1)) and u.deleted_at is null ${seen} order by named desc, u.id limit 20`,
    [name, user],
  )
  const named = rows.filter((row) => row.named)
  return (named.length > 0 ? named : rows).map(({ id }) => id)
}

async function directWith(q: Queryable, rooms: readonly SearchRoom[], people: readonly Id[]): Promise<SearchRoom[]> {
  const direct = rooms.filter(({ kind }) => kind === 'dm')
  const { rows } = await q.query<{ room_id: Id }>('select distinct room_id from members where room_id = any($1::uuid[]) and user_id = any($2::uuid[])', [direct.map(({ id }) => id), people])
  const found = new Set(rows.map((row) => row.room_id))
  return direct.filter(({ id }) => found.has(id))
}

function fail(reason: QueryFault, { at, length }: Place): never {
  throw new ExtendedError('search_query_invalid', { at, length, reason })
}
