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
    state.addMember(command.user, 'member')
    say(state, user, command, { type: 'added', user: command.user })
    return null
  },

  'member.remove': (state: RoomState, user: Id, command: CommandOf<'member.remove'>): null => {
    const member = state.members.get(command.user)
    check(state, user, 'member.remove', { user: { id: command.user, roomRole: member?.role } })
    if (member === undefined) return null
    say(state, user, command, { type: 'removed', user: command.user })
    state.removeMember(command.user)
    return null
  },

  'member.role': (state: RoomState, user: Id, command: CommandOf<'member.role'>): null => {
    const member = state.members.get(command.user)
    check(state, user, 'member.role', { user: { id: command.user, roomRole: member?.role ?? 'reader' }, newRole: command.role })
    if (member === undefined) throw new Rejection('user_not_found')
    if (member.role === command.role) return null
    if (member.role === 'owner' && state.owners === 1) throw new Rejection('last_owner')
    state.owners += (command.role === 'owner' ? 1 : 0) - (member.role === 'owner' ? 1 : 0)
    member.role = command.role
    state.nextRev()
    state.changed.members.add(command.user)
    state.changed.users.add(command.user)
    state.changed.document = true
    return null
  },
}

function check(state: RoomState, user: Id, action: Action, target: Target): void {
  const room = state.existing()
  const actor = state.actor(user)
  if (actor.roomRole === undefined) throw new Rejection('not_a_member')
  if (room.kind === 'dm') throw new Rejection('dm_members_fixed')
  const archived = room.archived_at !== null
  const refused = refusal(actor, action, { ...target, room: { kind: room.kind, archived } })
  if (refused) throw new Rejection(archived ? 'room_archived' : refused)
}
