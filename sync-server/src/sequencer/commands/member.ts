import type { CommandOf } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { type Action, refusal, type Target } from '@chatflow/shared/permissions'
import { Rejection } from '../rejection.ts'
import type { RoomState } from '../room-state.ts'
import { say } from './room.ts'

export const memberFamily = {
  'member.add': (state: RoomState, user: Id, command: CommandOf<'member.add'>): null => {
    check(state, user, 'member.add', { user: { id: command.user } })
    if (!state.users.has(command.user)) throw new Rejection('user_not_found')
    if (state.members.has(command.user)) return null
    if (state.bans.has(command.user)) throw new Rejection('banned')
    state.addMember(command.user, 'member')
    say(state, user, command, { type: 'added', user: command.user })
    return null
  },

  'member.remove': (state: RoomState, user: Id, command: CommandOf<'member.remove'>): null => {
    const member = state.members.get(command.user)
    check(state, user, 'member.remove', { user: { id: command.user, roomRole: member?.role } })
    if (member !== undefined) remove(state, user, command, command.user)
    return null
  },

  'member.ban': (state: RoomState, user: Id, command: CommandOf<'member.ban'>): null => {
    check(state, user, 'member.ban', { user: { id: command.user, roomRole: state.members.get(command.user)?.role } })
    if (!state.users.has(command.user)) throw new Rejection('user_not_found')
    ban(state, user, command, command.user, command.reason)
    return null
  },

  'member.unban': (state: RoomState, user: Id, command: CommandOf<'member.unban'>): null => {
    check(state, user, 'member.unban', {})
    if (!state.bans.delete(command.user)) return null
    state.changed.bans.delete(command.user)
    state.changed.bansGone.add(command.user)
    state.record({ actor: user, action: 'member.unbanned', target: { kind: 'user', id: command.user } })
    return null
  },

  'member.role': (state: RoomState, user: Id, command: CommandOf<'member.role'>): null => {
    const member = state.members.get(command.user)
    check(state, user, 'member.role', { user: { id: command.user, roomRole: member?.role ?? 'reader' }, newRole: command.role })
    if (member === undefined) throw new Rejection('user_not_found')
    if (member.role === command.role) return null
    if (member.role === 'owner' && state.owners === 1) throw new Rejection('last_owner')
    state.owners += (command.role === 'owner' ? 1 : 0) - (member.role === 'owner' ? 1 : 0)
    state.record({ actor: user, action: 'member.role_changed', target: { kind: 'user', id: command.user }, details: { from: member.role, to: command.role } })
    member.role = command.role
    state.nextRev()
    state.changed.members.add(command.user)
    state.changed.users.add(command.user)
    state.changed.document = true
    return null
  },
}

/** Takes a person out of the room, who may come back; nothing if not a member. Throws `last_owner`. */
export function remove(state: RoomState, by: Id, command: { id: Id; at: number }, person: Id): void {
  if (!takeOut(state, by, command, person, 'removed')) return
  state.record({ actor: by, action: 'member.removed', target: { kind: 'user', id: person } })
}

/** Takes a person out, if in, and keeps them out. A ban that is there already stays as it is. Throws `last_owner`. */
export function ban(state: RoomState, by: Id, command: { id: Id; at: number }, person: Id, reason: string | undefined): void {
  if (state.bans.has(person)) return
  const wasMember = takeOut(state, by, command, person, 'banned')
  state.bans.add(person)
  state.changed.bans.set(person, { user_id: person, by_user: by, reason: reason ?? null })
  state.record({ actor: by, action: 'member.banned', target: { kind: 'user', id: person }, details: { wasMember } })
}

function takeOut(state: RoomState, by: Id, command: { id: Id; at: number }, person: Id, type: 'removed' | 'banned'): boolean {
  const member = state.members.get(person)
  if (member === undefined) return false
  if (member.role === 'owner' && state.owners === 1) throw new Rejection('last_owner')
  say(state, by, command, { type, user: person })
  state.removeMember(person)
  return true
}

function check(state: RoomState, user: Id, action: Action, target: Target): void {
  const { room, actor } = state.reach(user)
  if (room.kind === 'dm') throw new Rejection('dm_members_fixed')
  const archived = room.archived_at !== null
  const refused = refusal(actor, action, { ...target, room: { kind: room.kind, archived } })
  if (refused) throw new Rejection(archived ? 'room_archived' : refused)
}
