import { COMMAND_SCHEMAS, type CommandType } from '@chatflow/shared/command'
import { dmRoomId, type Id, newId } from '@chatflow/shared/ids'
import { type Action, type Actor, can, type Target } from '@chatflow/shared/permissions'
import { ROOM_ROLES, type RoomKind, type RoomRole } from '@chatflow/shared/roles'
import { z } from 'zod'
import { markdown } from './access-table.ts'
import { KINDS, type Kind, messageOf, PEOPLE, type Person, type World } from './people.ts'
import { type CoreSchema, type Json, sampleOf } from './values.ts'

/** One way in which a command of a type can be meant, as a row of docs/ACCESS.md. */
export interface Variant {
  type: CommandType
  /** What it is about, in words. */
  about: string
  /** What `can()` is asked about the command of one of the eight. */
  target(kind: Kind): Target & { roomRole: RoomRole | undefined }
  /** The command, in a world of its own. */
  make(world: World, person: Person): Promise<Fields>
}

type Fields = Record<string, Json>
type Where = 'own' | 'other' | 'public'

/** The question to `can()` that decides about a type, where it has another name; undefined: everybody may, about themselves alone. */
const ACTION_OF: Partial<Record<CommandType, Action | undefined>> = { 'room.unread': 'room.read', 'draft.set': 'room.see', 'me.set': undefined, 'message.schedule': 'message.send', 'message.reschedule': undefined, 'message.unschedule': undefined }
/** Types that are also accepted where `can()` says no because what they ask for is so already: then nothing may change. */
export const DONE_ALREADY: Readonly<Partial<Record<CommandType, string>>> = {
  'room.join': 'from somebody who is in the room',
  'room.leave': 'from somebody who is not in the room, whether there is one or not',
}

export const COMMAND_TYPES = Object.keys(COMMAND_SCHEMAS) as CommandType[]

/** The JSON schemas of a type: one, or one for each of its forms. */
export function formsOf(type: CommandType): CoreSchema[] {
  const schema = z.toJSONSchema(COMMAND_SCHEMAS[type], { io: 'input', unrepresentable: 'any' }) as CoreSchema
  return schema.oneOf ?? schema.anyOf ?? [schema]
}

/** Every type of command in every way, made from its schema: a new type is covered by being declared. */
export function variantsOf(type: CommandType): Variant[] {
  return formsOf(type).flatMap((schema) => variantsOfForm(type, schema, kindOf(schema)))
}

function variantsOfForm(type: CommandType, schema: CoreSchema, form: string): Variant[] {
  const variant = (about: string, where: Where, target: (kind: Kind) => Target, change: (world: World, person: Person) => Fields | Promise<Fields>): Variant => ({
    type,
    about: [form, about].filter(Boolean).join(', '),
    target: (kind) => ({ room: { kind: where === 'public' ? 'public' : 'private' }, ...target(kind), roomRole: where === 'own' ? PEOPLE[kind]?.roomRole : undefined }),
    make: async (world, person) => ({ ...(await sample(schema, world, person, where)), ...(await change(world, person)) }),
  })
  const nothing = (): object => ({})
  if (type === 'room.create') return [variant('', 'other', () => ({ room: { kind: form as RoomKind }, invites: true }), ({ other }, person) => created(schema, person, other))]
  if (!has(schema, 'room')) return [variant('', 'other', nothing, () => ({}))]
  const outside = variant('a room of others', 'other', (kind) => ({ author: otherThan(kind), user: { id: 'x', roomRole: 'member' }, newRole: 'member' }), () => ({}))
  if (has(schema, 'message')) {
    return [
      variant("one's own message", 'own', (kind) => ({ author: kind }), async ({ served, room }, person) => ({ message: await messageOf(served, room, person.id).catch(() => newId()) })),
      variant("another's message", 'own', (kind) => ({ author: otherThan(kind) }), async ({ served, room, other }) => ({ message: await messageOf(served, room, other.id) })),
      outside,
    ]
  }
  if (has(schema, 'user')) {
    const rows = [...ROOM_ROLES, undefined].map((roomRole) =>
      variant(roomRole === undefined ? 'somebody who is no member' : `${/^[aeiou]/.test(roomRole) ? 'an' : 'a'} ${roomRole}`, 'own', () => ({ user: { id: 'x', roomRole }, newRole: 'member' }), async (world) => ({ user: await someone(world, roomRole) })),
    )
    return [...rows, outside]
  }
  const open = variant('a public room that one is not in', 'public', nothing, () => ({}))
  return [variant("one's own room", 'own', nothing, () => ({})), outside, open]
}

/** What `can()` says of it. Nobody who is not signed in sends a command. Throws for a type about which nothing is known. */
export function mayBe(kind: Kind, variant: Variant): boolean {
  const about = PEOPLE[kind]
  if (about === undefined) return false
  const action = variant.type in ACTION_OF ? ACTION_OF[variant.type] : (variant.type as Action)
  if (action === undefined) return true
  const { roomRole, ...target } = variant.target(kind)
  const actor: Actor = { id: kind, role: about.role, roomRole, verified: !('verified' in about) }
  const answer: boolean | undefined = can(actor, action, target)
  if (answer === undefined) throw new Error(`can() knows no action "${action}": say in ACTION_OF of e2e/http/commands.ts what decides about commands of the type ${variant.type}.`)
  return answer
}

/** The table for docs/ACCESS.md. */
export function commandsTable(): string {
  const kinds = KINDS.filter((kind) => kind !== 'anonymous')
  const rows = COMMAND_TYPES.flatMap((type) =>
    variantsOf(type).map((variant) => [`\`${type}\``, variant.about, ...kinds.map((kind) => (mayBe(kind, variant) ? '✓' : '–'))]),
  )
  return markdown(['command', 'about', ...kinds], rows)
}

/** What the table does not say, as a list for docs/ACCESS.md. */
export function doneAlreadyList(): string {
  return Object.entries(DONE_ALREADY).map(([type, when]) => `- \`${type}\` ${when}.`).join('\n')
}

/** A command that its schema takes, with names of things that are there in its world. */
async function sample(schema: CoreSchema, { served, room, otherRoom, publicRoom, other }: World, person: Person, where: Where): Promise<Fields> {
  const made = sampleOf(schema) as Fields
  const place = { own: room, other: otherRoom, public: publicRoom }[where]
  const names: Fields = {
    id: newId(),
    at: Date.now(),
    room: place,
    user: other.id,
    message: has(schema, 'message') ? await messageOf(served, place, other.id) : '',
    emoji: '👍',
    report: has(schema, 'report') ? await reportIn(served, place, other.id) : '',
    // Not while the test looks on.
    sendAt: Date.now() + 3_600_000,
    scheduled: has(schema, 'scheduled') ? await scheduledBy(served, place, person.id) : '',
    key: 'theme',
    value: 'dark',
  }
  const { replyTo: _replyTo, files: _files, attempt: _attempt, thread: _thread, ...rest } = made
  return { ...rest, ...Object.fromEntries(Object.entries(names).filter(([key]) => key in made)) }
}

function created(schema: CoreSchema, person: Person, other: Person): Fields {
  const dm = kindOf(schema) === 'dm'
  return { room: dm ? dmRoomId([person.id, other.id]) : newId(), members: [other.id] }
}

/** A message that the person has scheduled. */
async function scheduledBy({ db }: World['served'], room: Id, user: Id): Promise<Id> {
  const id = newId()
  await db.query("INSERT INTO scheduled (id, user_id, room_id, text, send_at) VALUES ($1, $2, $3, 'later', $4)", [id, user, room, Date.now() + 3_600_000])
  return id
}

/** A report, by somebody, of the message of `author`. */
async function reportIn({ db }: World['served'], room: Id, author: Id): Promise<Id> {
  const id = newId()
  await db.query(
    `INSERT INTO reports (id, room_id, seq, message_id, author, reporter, reason, at) SELECT $1, room_id, seq, id, by_user, $3, 'spam', 1 FROM messages WHERE room_id = $2 AND by_user = $4`,
    [id, room, newId(), author],
  )
  return id
}

/** Somebody who is in the room as `roomRole`, or not at all. */
async function someone({ served, room }: World, roomRole: RoomRole | undefined): Promise<Id> {
  const id = newId()
  await served.db.query("INSERT INTO users (id, username, display_name, role, created_at) VALUES ($1, $2, 'Someone', 'member', 1)", [id, `s-${id.slice(-12)}`])
  if (roomRole === undefined) return id
  await served.db.query('INSERT INTO members (room_id, user_id, role, joined_at) VALUES ($1, $2, $3, 1)', [room, id, roomRole])
  await served.db.query('UPDATE rooms SET member_count = member_count + 1 WHERE id = $1', [room])
  return id
}

/** Of the rooms that a form of `room.create` makes; '' for every other type. */
function kindOf(schema: CoreSchema): string {
  const kind = has(schema, 'kind') ? sampleOf(schema.properties?.['kind'] ?? {}) : ''
  return typeof kind === 'string' ? kind : ''
}

function otherThan(kind: Kind): string {
  return `not ${kind}`
}

function has(schema: CoreSchema, field: string): boolean {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, field)
}
