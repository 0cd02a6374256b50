import type { CommandOf } from '@chatflow/shared/command'
import type { RoomEvent } from '@chatflow/shared/entry'
import { dmRoomId, isDmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { type Action, can, refusal } from '@chatflow/shared/permissions'
import { Rejection } from '../rejection.ts'
import type { RoomState } from '../room-state.ts'
import type { RoomRow } from '../rows.ts'

export const roomFamily = {
  'room.create': (state: RoomState, user: Id, command: CommandOf<'room.create'>): null => {
    const actor = state.actor(user)
    const refused = refusal(actor, 'room.create', { room: { kind: command.kind }, invites: command.members.some((member) => member !== user) })
    if (refused) throw new Rejection(refused)
    const people = [...new Set([user, ...command.members])]
    for (const person of people) if (!state.users.has(person)) throw new Rejection('user_not_found')
    if (command.kind === 'dm') {
      if (people.length < 2 || dmRoomId(people) !== command.room) throw new Rejection('room_id_mismatch')
      // The same conversation made by the other person too: two people who open it offline meet in one room.
      if (state.room !== undefined) {
        unhide(state, user)
        return null
      }
      createRow(state, user, { kind: 'dm', name: '', topic: '' })
      for (const person of people) state.addMember(person, 'member')
      return null
    }
    // Nobody takes the place of other people's direct conversation, or learns from it whether they have one.
    if (isDmRoomId(command.room)) throw new Rejection('room_id_mismatch')
    if (state.room !== undefined) throw new Rejection('room_exists')
    createRow(state, user, { kind: command.kind, name: command.name, topic: command.topic ?? '' })
    state.addMember(user, 'owner')
    for (const person of people) if (person !== user) state.addMember(person, 'member')
    say(state, user, command, { type: 'created' })
    return null
  },

  'room.update': (state: RoomState, user: Id, command: CommandOf<'room.update'>): null => {
    const room = may(state, user, 'room.update')
    if (command.name !== undefined && command.name !== room.name) {
      room.name = command.name
      state.changed.allMembers = true
      say(state, user, command, { type: 'renamed', name: command.name })
    }
    if (command.topic !== undefined && command.topic !== room.topic) {
      room.topic = command.topic
      say(state, user, command, { type: 'topic', topic: command.topic })
    }
    state.changed.document = true
    return null
  },

  'room.join': (state: RoomState, user: Id, command: CommandOf<'room.join'>): null => {
    const room = state.existing()
    const actor = state.actor(user)
    if (actor.roomRole !== undefined) {
      unhide(state, user)
      return null
    }
    // What is not public does not say that it exists, and to a guest no room does; the id of a direct conversation can be worked out by anyone.
    if (room.kind !== 'public' || actor.role === 'guest') throw new Rejection('room_not_found')
    if (!can(actor, 'room.join', { room: { kind: room.kind, archived: room.archived_at !== null } })) {
      throw new Rejection(room.archived_at === null ? 'forbidden' : 'room_archived')
    }
    if (state.bans.has(user)) throw new Rejection('banned')
    state.addMember(user, 'member')
    say(state, user, command, { type: 'joined' })
    return null
  },

  'room.leave': (state: RoomState, user: Id, command: CommandOf<'room.leave'>): null => {
    const { room } = state
    const member = state.members.get(user)
    if (room === undefined || member === undefined) return null
    state.actor(user)
    if (room.kind === 'dm') {
      if (!member.hidden) {
        member.hidden = true
        state.changed.members.add(user)
        state.changed.users.add(user)
      }
      return null
    }
    if (member.role === 'owner' && state.owners === 1 && room.member_count > 1) throw new Rejection('last_owner')
    say(state, user, command, { type: 'left' })
    state.removeMember(user)
    return null
  },

  'room.archive': (state: RoomState, user: Id, command: CommandOf<'room.archive'>): null => {
    const room = mayArchive(state, user, 'room.archive')
    if (room.archived_at !== null) return null
    say(state, user, command, { type: 'archived' })
    setArchived(state, room, user, state.now)
    return null
  },

  'room.unarchive': (state: RoomState, user: Id, command: CommandOf<'room.unarchive'>): null => {
    const room = mayArchive(state, user, 'room.unarchive')
    if (room.archived_at === null) return null
    say(state, user, command, { type: 'unarchived' })
    setArchived(state, room, user, null)
    return null
  },

  'room.read': (state: RoomState, user: Id, command: CommandOf<'room.read'>): null => {
    const room = may(state, user, 'room.read')
    const seq = Math.min(command.seq, room.head)
    const change = state.changed.cursors.get(user) ?? {}
    state.changed.cursors.set(user, { seq: Math.max(seq, change.seq ?? 0), unreadFrom: null })
    state.changed.users.add(user)
    if (state.showsReceipts() && seq > (state.reads.get(user) ?? 0)) {
      state.reads.set(user, seq)
      state.nextRev()
      state.changed.document = true
    }
    return null
  },

  'room.unread': (state: RoomState, user: Id, command: CommandOf<'room.unread'>): null => {
    const room = may(state, user, 'room.read')
    const change = state.changed.cursors.get(user) ?? {}
    state.changed.cursors.set(user, { ...change, unreadFrom: Math.min(Math.max(command.seq, 1), Math.max(room.head, 1)) })
    state.changed.users.add(user)
    return null
  },
}

/** An entry that nobody typed, under the id of the command that caused it (one that says two things: the second under a new id). */
export function say(state: RoomState, by: Id, command: { id: Id; at: number }, event: RoomEvent): void {
  const id = state.messages.has(command.id) ? newId() : command.id
  state.append({ id, by, sentAt: command.at, text: '', event })
}

function may(state: RoomState, user: Id, action: Action): RoomRow {
  const { room, actor } = state.membership(user)
  if (room.kind === 'dm' && action !== 'room.read') throw new Rejection('dm_members_fixed')
  if (!can(actor, action, { room: { kind: room.kind, archived: room.archived_at !== null } })) {
    throw new Rejection(room.archived_at !== null && action === 'room.update' ? 'room_archived' : 'forbidden')
  }
  return room
}

/** Of owners, and of administrators, who need not be members for it. */
function mayArchive(state: RoomState, user: Id, action: 'room.archive' | 'room.unarchive'): RoomRow {
  const actor = state.actor(user)
  if (actor.role !== 'admin' || actor.roomRole !== undefined) return may(state, user, action)
  const room = state.existing()
  if (!can(actor, action, { room: { kind: room.kind } })) throw new Rejection('not_a_member')
  return room
}

function setArchived(state: RoomState, room: RoomRow, by: Id, at: number | null): void {
  room.archived_at = at
  state.changed.document = true
  state.record({ actor: by, action: at === null ? 'room.unarchived' : 'room.archived', target: { kind: 'room', id: room.id } })
}

function unhide(state: RoomState, user: Id): void {
  const member = state.members.get(user)
  if (member?.hidden !== true) return
  member.hidden = false
  state.changed.members.add(user)
  state.changed.users.add(user)
}

function createRow(state: RoomState, user: Id, room: Pick<RoomRow, 'kind' | 'name' | 'topic'>): void {
  state.room = {
    id: state.id,
    ...room,
    created_by: user,
    created_at: state.now,
    archived_at: null,
    head: 0,
    rev: 0,
    document_rev: 0,
    log_rev: 0,
    erased_rev: 0,
    floor: 0,
    indexed_to: 0,
    last_received_at: state.now,
    member_count: 0,
  }
  state.nextRev()
  state.changed.created = true
  state.changed.document = true
}
