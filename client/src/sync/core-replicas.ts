import type { Clock } from '../platform/platform.ts'
import type { Replicas } from './effects.ts'
import type { RoomKeeper } from './room-keeper.ts'
import type { RoomSummaries } from './room-summaries.ts'
import type { UserReplica } from './user-replica.ts'

/** What this page's replicas say, in the form that `isEffectSeen` and the overlay ask for. */
export function readReplicas(clock: Clock, user: UserReplica, rooms: RoomKeeper, summaries: RoomSummaries): Replicas {
  return {
    now: clock.now(),
    isMine: (room) => user.room(room) !== undefined,
    userConfirmed: user.confirmed,
    isConfirmed: (room) => rooms.held(room)?.confirmed === true,
    find: (room, message) => rooms.held(room)?.find(message),
    entry: (room, seq) => rooms.held(room)?.entry(seq),
    reacted: (room, seq, emoji, by) => rooms.held(room)?.segment(seq)?.reactions(seq).get(emoji)?.includes(by) === true,
    storedHead: (room) => rooms.held(room)?.contiguousHead ?? summaries.get(room).stored,
    floor: (room) => rooms.held(room)?.floor ?? summaries.get(room).floor,
    name: (room) => rooms.held(room)?.info.name,
    topic: (room) => rooms.held(room)?.info.topic,
    archived: (room) => rooms.held(room)?.info.archived === true,
    role: (room, person) => rooms.held(room)?.members().get(person)?.role,
    cursor: (room) => user.cursor(room),
    unreadMark: (room) => user.unreadMark(room),
    draft: (room, thread) => user.draft(room, thread),
    setting: (key) => user.setting(key),
    scheduled: (id) => user.scheduled().get(id),
  }
}
