import type { GlobalRole, RoomKind, RoomRole } from './roles.ts'

/** Who acts: the global role, and the role in the room in question if a member of it. */
export interface Actor {
  id: string
  role: GlobalRole
  roomRole?: RoomRole | undefined
  /** False: the email address has not been confirmed. Left out, it does not matter or is not known. */
  verified?: boolean | undefined
}

/** What is acted upon; fields that do not matter for an action may be left out. */
export interface Target {
  room?: { kind: RoomKind; archived?: boolean } | undefined
  /** `room.create`: other people are to be members from the beginning. */
  invites?: boolean | undefined
  /** Author of the message acted upon. */
  author?: string | undefined
  /** User acted upon, with the present role in the room. */
  user?: { id: string; roomRole?: RoomRole | undefined } | undefined
  /** Role to be given. */
  newRole?: RoomRole | undefined
  /** It is done to settle a report: this takes administrators into rooms that are closed to them otherwise. */
  reported?: boolean | undefined
}

const ACTIONS = [
  'room.see', 'room.mention', 'room.create', 'room.update', 'room.join', 'room.leave', 'room.archive', 'room.read',
  'message.send', 'message.edit', 'message.delete', 'message.react', 'message.pin', 'message.preview',
  'member.add', 'member.remove', 'member.role', 'users.list',
  'member.ban', 'member.unban', 'bans.list', 'message.report', 'report.resolve',
  'room.unarchive', 'notes.write', 'notes.restore', 'file.upload', 'admin.people', 'admin.rooms', 'admin.audit', 'admin.settings', 'invitation.create',
] as const
export type Action = (typeof ACTIONS)[number]

const RANK: Record<RoomRole, number> = { owner: 3, moderator: 2, member: 1, reader: 0 }

/**
 * Who may do what: one pure function for both servers, and for the client to hide what would be refused.
 * It knows nothing of existence: that a room or a message is there is for the caller to check.
 */
export function can(actor: Actor, action: Action, target: Target = {}): boolean {
  const rank = rankOf(actor.roomRole)
  const dm = target.room?.kind === 'dm'
  const open = target.room?.archived !== true
  // Somebody must be able to begin: the administrator needs no mail for it.
  const confirmed = actor.verified !== false || actor.role === 'admin'
  switch (action) {
    case 'admin.people':
    case 'admin.rooms':
    case 'admin.audit':
    case 'admin.settings':
    case 'invitation.create':
      return actor.role === 'admin'
    case 'file.upload':
      // Who cannot be reached puts nothing here that others see as a file: pictures of people, and later files of messages.
      return confirmed
    case 'users.list':
      return actor.role !== 'guest'
    case 'room.create':
      // Who has not shown to be reachable makes no room that others find, and lets nobody into one; a direct conversation is no invitation.
      return actor.role !== 'guest' && (confirmed || dm || (target.room?.kind !== 'public' && target.invites !== true))
    case 'room.see':
    case 'room.read':
    case 'room.leave':
      return rank >= 0
    case 'room.join':
      return actor.role !== 'guest' && target.room?.kind === 'public' && open
    case 'room.update':
      return open && !dm && rank >= RANK.moderator
    case 'room.mention':
      return open && !dm && rank >= RANK.moderator
    case 'room.archive':
    case 'room.unarchive':
      return !dm && (rank >= RANK.owner || actor.role === 'admin')
    case 'message.send':
    case 'message.react':
      return open && rank >= RANK.member
    case 'message.edit':
    case 'message.preview':
      return open && rank >= RANK.member && target.author === actor.id
    case 'message.delete':
      return (rank >= 0 && target.author === actor.id) || power(actor, target) >= RANK.moderator
    case 'message.pin':
      return open && (dm ? rank >= RANK.member : rank >= RANK.moderator)
    case 'notes.write':
      return open && actor.role !== 'guest' && rank >= RANK.member
    case 'notes.restore':
      // Two people who share notes need nobody above them; elsewhere it undoes what others wrote.
      return open && actor.role !== 'guest' && (dm ? rank >= RANK.member : rank >= RANK.moderator)
    case 'member.add':
      return open && !dm && confirmed && actor.role !== 'guest' && (target.room?.kind === 'public' ? rank >= RANK.member : rank >= RANK.moderator)
    case 'member.remove':
    case 'member.ban':
      return !dm && target.user !== undefined && target.user.id !== actor.id && power(actor, target) >= RANK.moderator && power(actor, target) > rankOf(target.user.roomRole)
    case 'member.unban':
    case 'bans.list':
      return !dm && power(actor, target) >= RANK.moderator
    case 'message.report':
      return rank >= 0 && target.author !== actor.id
    case 'report.resolve':
      // Nobody settles what was said about their own message.
      return target.author !== actor.id && (actor.role === 'admin' || (!dm && rank >= RANK.moderator))
    case 'member.role':
      return !dm && rank >= RANK.owner && target.user?.roomRole !== undefined && target.newRole !== undefined
  }
}

/** Why `can` says no: `email_unverified` if confirming the email address is all that is missing. Undefined where it says yes. */
export function refusal(actor: Actor, action: Action, target: Target = {}): 'email_unverified' | 'forbidden' | undefined {
  if (can(actor, action, target)) return undefined
  return can({ ...actor, verified: true }, action, target) ? 'email_unverified' : 'forbidden'
}

/**
 * Rank with which someone moderates. Administrators stand above owners, in public rooms and in those they are members of; elsewhere, and in direct
 * conversations, only to settle a report. -1: does not moderate.
 */
function power(actor: Actor, { room, reported }: Target): number {
  const rank = rankOf(actor.roomRole)
  const dm = room?.kind === 'dm'
  if (actor.role === 'admin' && (reported === true || (!dm && (room?.kind === 'public' || rank >= 0)))) return RANK.owner + 1
  return !dm && rank >= RANK.moderator ? rank : -1
}

function rankOf(role: RoomRole | undefined): number {
  return role === undefined ? -1 : RANK[role]
}
