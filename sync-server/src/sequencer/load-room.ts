import type { Queryable } from '@chatflow/database'
import type { CommandType } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { mentionedUsernames } from '@chatflow/shared/mentions'
import { loadConversations } from './load-conversations.ts'
import { loadBans, loadReports } from './load-moderation.ts'
import { RoomState, type Submission } from './room-state.ts'
import type { ActorRow, MemberRow, MessageRow, ReactionRow, RoomRow } from './rows.ts'

/** Commands by which a room could lose its last owner. */
const COUNT_OWNERS: ReadonlySet<CommandType> = new Set<CommandType>(['room.leave', 'member.role', 'member.remove', 'member.ban', 'report.resolve'])

/**
 * Locks the room's row and reads what the batch is about: everything that evaluation may ask for, and no more.
 * The statements are sent together and answered one after another, so what follows the lock is read under it.
 */
export async function loadRoom(q: Queryable, room: Id, batch: readonly Submission[], now: number): Promise<RoomState> {
  const state = new RoomState(room, now)
  const [rooms] = await Promise.all([
    q.query<RoomRow>('select * from rooms where id = $1 for update', [room]),
    loadReports(q, state, batch).then(() => Promise.all([loadPeople(q, state, batch), loadMessages(q, state, batch)])),
    loadReads(q, state, batch),
  ])
  state.room = rooms.rows[0]
  return state
}

async function loadPeople(q: Queryable, state: RoomState, batch: readonly Submission[]): Promise<void> {
  const people = new Set<Id>([...state.reports.values()].map((report) => report.author))
  const names = new Set<string>()
  for (const { user, command } of batch) {
    people.add(user)
    if ('user' in command) people.add(command.user)
    if (command.type === 'room.create') for (const member of command.members) people.add(member)
    if (command.type === 'message.send' || command.type === 'message.edit') for (const name of mentionedUsernames(command.text)) names.add(name)
  }
  const users = q.query<ActorRow>(
    'select id, username, display_name, avatar, role, email_verified_at, disabled_at from users where (id = any($1::uuid[]) or lower(username) = any($2::text[])) and deleted_at is null',
    [[...people], [...names]],
  )
  const members = q.query<MemberRow>(
    'select user_id, role, joined_at, hidden from members where room_id = $1 and user_id = any($2::uuid[] || array(select id from users where lower(username) = any($3::text[])))',
    [state.id, [...people], [...names]],
  )
  const bans = loadBans(q, state, batch, [...people])
  const countsOwners = batch.some(({ command }) => COUNT_OWNERS.has(command.type))
  const owners = countsOwners ? q.query<{ n: number }>("select count(*) as n from members where room_id = $1 and role = 'owner'", [state.id]) : undefined
  const [found, memberships, counted] = await Promise.all([users, members, owners, bans])
  for (const row of found.rows) {
    state.users.set(row.id, row)
    const name = row.username?.toLowerCase()
    if (name !== undefined && names.has(name)) state.usernames.set(name, row.id)
  }
  for (const row of memberships.rows) state.members.set(row.user_id, row)
  state.owners = counted?.rows[0]?.n ?? 0
}

async function loadReads(q: Queryable, state: RoomState, batch: readonly Submission[]): Promise<void> {
  if (!batch.some(({ command }) => command.type === 'room.read')) return
  const reads = await q.query<{ user_id: Id; seq: number }>('select user_id, seq from cursors where room_id = $1 and user_id = any($2::uuid[])', [
    state.id,
    batch.map(({ user }) => user),
  ])
  for (const row of reads.rows) state.reads.set(row.user_id, row.seq)
}

async function loadMessages(q: Queryable, state: RoomState, batch: readonly Submission[]): Promise<void> {
  const named = new Set<Id>([...state.reports.values()].map((report) => report.message_id))
  const withReactions = new Set<Id>(named)
  let pins = false
  for (const { command } of batch) {
    if ('message' in command) named.add(command.message)
    if (command.type === 'message.send' && command.replyTo !== undefined) named.add(command.replyTo)
    if (command.type === 'message.react' || command.type === 'message.delete') withReactions.add(command.message)
    if (command.type === 'message.pin') pins = true
  }
  if (named.size > 0) {
    const messages = await q.query<MessageRow>('select * from messages where room_id = $1 and id = any($2::uuid[])', [state.id, [...named]])
    for (const row of messages.rows) state.messages.set(row.id, row)
    await loadConversations(q, state, { ids: withReactions, most: batch.length })
  }
  if (withReactions.size > 0) {
    const reactions = await q.query<ReactionRow & { message: Id }>(
      `select m.id as message, r.seq, r.emoji, r.user_id, r.rev, r.active
         from reactions r join messages m on m.room_id = r.room_id and m.seq = r.seq
        where m.room_id = $1 and m.id = any($2::uuid[])`,
      [state.id, [...withReactions]],
    )
    for (const row of reactions.rows) {
      const list = state.reactions.get(row.message) ?? []
      state.reactions.set(row.message, list)
      list.push(row)
    }
  }
  if (pins) {
    const count = await q.query<{ n: number }>('select count(*) as n from messages where room_id = $1 and pinned', [state.id])
    state.pins = count.rows[0]?.n ?? 0
  }
}
