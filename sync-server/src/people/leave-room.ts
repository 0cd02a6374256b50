import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { newId, type Id } from '@chatflow/shared/ids'
import { say } from '../sequencer/commands/room.ts'
import type { RoomState } from '../sequencer/room-state.ts'
import type { ActorRow, MemberRow } from '../sequencer/rows.ts'

/**
 * Takes somebody whose account is gone out of a room. Where that leaves it without an owner, the longest-standing of its highest members becomes one, active accounts first.
 * A direct conversation stays with the others as it is, since its id follows from its members; it is hidden for the one who left. Nothing happens if not a member.
 */
export async function leaveRoom(q: Queryable, state: RoomState, user: Id): Promise<void> {
  const member = await memberOf(q, state.id, user)
  if (member === undefined) return
  state.members.set(user, member)
  if (state.existing().kind === 'dm') {
    if (member.hidden) return
    member.hidden = true
    state.changed.members.add(user)
    return
  }
  if (member.role === 'owner') await passOn(q, state, user)
  await knowAuthor(q, state, user)
  say(state, user, { id: newId(), at: state.now }, { type: 'left' })
  state.removeMember(user)
}

async function passOn(q: Queryable, state: RoomState, user: Id): Promise<void> {
  const heir = await heirOf(q, state.id, user)
  if (heir === undefined || heir.role === 'owner') return
  await audit(
    q,
    { action: 'member.role_changed', target: { kind: 'user', id: heir.user_id }, room: state.id, details: { from: heir.role, to: 'owner', because: 'owner_deleted' } },
    state.now,
  )
  heir.role = 'owner'
  state.members.set(heir.user_id, heir)
  state.changed.members.add(heir.user_id)
  state.changed.users.add(heir.user_id)
}

async function memberOf(q: Queryable, room: Id, user: Id): Promise<MemberRow | undefined> {
  return (await q.query<MemberRow>('select user_id, role, joined_at, hidden from members where room_id = $1 and user_id = $2', [room, user])).rows[0]
}

async function heirOf(q: Queryable, room: Id, user: Id): Promise<MemberRow | undefined> {
  const { rows } = await q.query<MemberRow>(
    `select m.user_id, m.role, m.joined_at, m.hidden from members m join users u on u.id = m.user_id
      where m.room_id = $1 and m.user_id <> $2
      order by u.disabled_at is not null, array_position(array['owner', 'moderator', 'member', 'reader'], m.role), m.joined_at, m.user_id limit 1`,
    [room, user],
  )
  return rows[0]
}

/** So that the segment can show who left. */
async function knowAuthor(q: Queryable, state: RoomState, user: Id): Promise<void> {
  const { rows } = await q.query<ActorRow>('select id, username, display_name, avatar, role, email_verified_at, disabled_at from users where id = $1', [user])
  for (const row of rows) state.users.set(row.id, row)
}
