/** Roles of a user on the whole server. */
export const GLOBAL_ROLES = ['admin', 'member', 'guest'] as const
export type GlobalRole = (typeof GLOBAL_ROLES)[number]

/** Roles of a member in one room, highest first. */
export const ROOM_ROLES = ['owner', 'moderator', 'member', 'reader'] as const
export type RoomRole = (typeof ROOM_ROLES)[number]

export const ROOM_KINDS = ['public', 'private', 'dm'] as const
export type RoomKind = (typeof ROOM_KINDS)[number]
