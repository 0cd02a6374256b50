import { type Id, newId } from '@chatflow/shared/ids'
import type { GlobalRole, RoomRole } from '@chatflow/shared/roles'
import { PASSWORD } from '../support/account.ts'
import type { Question } from './ask.ts'
import type { Served } from './serve.ts'

/** The eight who come to a route, as columns of docs/ACCESS.md. The guest was let into the room; the administrator was not. `unconfirmed`: an owner whose address is not confirmed. */
export const PEOPLE = {
  anonymous: undefined,
  guest: { role: 'guest', roomRole: 'member' },
  outsider: { role: 'member', roomRole: undefined },
  member: { role: 'member', roomRole: 'member' },
  moderator: { role: 'member', roomRole: 'moderator' },
  owner: { role: 'member', roomRole: 'owner' },
  unconfirmed: { role: 'member', roomRole: 'owner', verified: false },
  admin: { role: 'admin', roomRole: undefined },
} as const satisfies Record<string, { role: GlobalRole; roomRole: RoomRole | undefined; verified?: false } | undefined>

export type Kind = keyof typeof PEOPLE
export const KINDS = Object.keys(PEOPLE) as Kind[]

/** Somebody with an account, signed in. */
export interface Person {
  id: Id
  username: string
  /** The access token. */
  token: string
  /** `name=value` of the session's cookie. */
  cookie: string
  /** Family of sessions of the token. */
  session: Id
}

/** One who asks, somebody else, a room in which both are, and one of the other's alone. */
export interface World {
  served: Served
  kind: Kind
  /** Undefined for `anonymous`. */
  person: Person | undefined
  other: Person
  /** The person is here what its kind says; the other is an owner. */
  room: Id
  /** Private, and the person is not in it. */
  otherRoom: Id
  /** Public, and the person is not in it. */
  publicRoom: Id
}

const hashes = new WeakMap<Served, Promise<string>>()

/** People and rooms of their own for one question, so that no answer depends on what another has changed. */
export async function createWorld(served: Served, kind: Kind): Promise<World> {
  const about = PEOPLE[kind]
  const other = await createPerson(served, 'member')
  const person = about === undefined ? undefined : await createPerson(served, about.role, !('verified' in about))
  const room = await createRoom(served, 'private', other, person !== undefined && about?.roomRole !== undefined ? [[person.id, about.roomRole]] : [])
  return { served, kind, person, other, room, otherRoom: await createRoom(served, 'private', other), publicRoom: await createRoom(served, 'public', other) }
}

/** An account with `PASSWORD`, signed in. */
async function createPerson(served: Served, role: GlobalRole, verified = true): Promise<Person> {
  const { db, ask } = served
  const id = newId()
  const username = `p-${id.slice(-12)}`
  await db.query(
    `INSERT INTO users (id, email, username, display_name, role, password_hash, email_verified_at, created_at)
     VALUES ($1, $2, $3, 'Somebody', $4, $5, $6, 1)`,
    [id, `${username}@example.org`, username, role, await hashOf(served), verified ? 1 : null],
  )
  const answer = await ask(post('/api/auth/login', { login: username, password: PASSWORD }))
  if (answer.statusCode !== 200) throw new Error(`${role} could not sign in: ${answer.body}`)
  const token = answer.json<{ accessToken: string }>().accessToken
  const cookie = [answer.headers['set-cookie'] ?? []].flat()[0]?.split(';')[0] ?? ''
  return { id, username, token, cookie, session: (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: Id }).sid }
}

/** Hashing is slow, so everybody has the hash of the first, who is registered as people are (and is the administrator that comes with it). */
function hashOf(served: Served): Promise<string> {
  const known = hashes.get(served) ?? registerFirst(served)
  hashes.set(served, known)
  return known
}

async function registerFirst({ ask, db }: Served): Promise<string> {
  const answer = await ask(post('/api/auth/register', { email: 'first@example.org', username: 'first', displayName: 'First', password: PASSWORD }))
  if (answer.statusCode !== 201) throw new Error(`The first account was refused: ${answer.body}`)
  const { rows } = await db.query<{ password_hash: string }>("SELECT password_hash FROM users WHERE username = 'first'")
  return rows[0]?.password_hash ?? ''
}

function post(url: string, body: object): Question {
  return { method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) }
}

/** A room with one message of each of its people. */
async function createRoom({ db }: Served, kind: 'public' | 'private', owner: Person, members: readonly (readonly [Id, RoomRole])[] = []): Promise<Id> {
  const room = newId()
  const all = [[owner.id, 'owner'] as const, ...members]
  await db.query(`INSERT INTO rooms (id, kind, name, created_by, created_at, head, rev, document_rev, member_count) VALUES ($1, $2, 'room', $3, 1, $4::int, $4::int, $4::int, $4::int)`, [room, kind, owner.id, all.length])
  for (const [i, [user, role]] of all.entries()) {
    await db.query('INSERT INTO members (room_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4)', [room, user, role, i])
    await db.query(`INSERT INTO messages (room_id, seq, id, rev, by_user, sent_at, received_at, text) VALUES ($1, $2::int, $3, $2::int, $4, 1, 1, 'said')`, [room, i + 1, newId(), user])
  }
  return room
}

/** The message of `user` in `room`. */
export async function messageOf({ db }: Served, room: Id, user: Id): Promise<Id> {
  const { rows } = await db.query<{ id: Id }>('SELECT id FROM messages WHERE room_id = $1 AND by_user = $2', [room, user])
  if (!rows[0]) throw new Error('There is no such message.')
  return rows[0].id
}

/** What makes the server know who asks. */
export function credentialsOf(person: Person | undefined, who: string): Record<string, string> {
  if (person === undefined) return {}
  return { cookie: person.cookie, ...(who === 'cookie' ? {} : { authorization: `Bearer ${person.token}` }) }
}
