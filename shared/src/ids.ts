import { v5, v7, validate, version } from 'uuid'

/** UUID of a user, room, device, run or command, in lower case. */
export type Id = string

/** Namespace of the ids of direct conversations (public, see docs/PROTOCOL.md). */
const DM_NAMESPACE = '6f1d0a52-2b0e-5c1e-9a57-0c8a4f6d7e10'

/** Namespace of the ids of messages that were scheduled (public, see docs/PROTOCOL.md). */
const SCHEDULED_NAMESPACE = 'a5f0a4f2-5e0c-5d0f-9b7c-3b1f5c1d2e64'

/** A new id, ordered by time (UUID version 7). */
export function newId(): Id {
  return v7()
}

/** True for a UUID in canonical lower-case spelling; other spellings would give one thing two names. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && value === value.toLowerCase() && validate(value)
}

/** The room id of the direct conversation of exactly these people, the caller included: the same on every device, also offline. */
export function dmRoomId(userIds: Iterable<Id>): Id {
  return v5([...new Set(userIds)].sort().join(','), DM_NAMESPACE)
}

/** True for an id that only a direct conversation may have: clients make all others, of version 7. */
export function isDmRoomId(room: Id): boolean {
  return version(room) === 5
}

/** The id of the message that a scheduled message becomes: always the same, so that it is sent once. */
export function scheduledMessageId(scheduled: Id): Id {
  return v5(scheduled, SCHEDULED_NAMESPACE)
}
