import { z } from 'zod'
import type { Entry } from '../entry.ts'
import { ROOM_KINDS, ROOM_ROLES } from '../roles.ts'

const bootstrapRoom = z.object({
  room: z.string(),
  kind: z.enum(ROOM_KINDS),
  name: z.string(),
  role: z.enum(ROOM_ROLES),
  head: z.number(),
  /** Raised by every change of a message or reaction. */
  rev: z.number(),
  cursor: z.number(),
  /** Visible, not one's own, after the cursor, counted to 100. */
  unread: z.number(),
})
export type BootstrapRoom = z.infer<typeof bootstrapRoom>

/** `time`: the server's clock, ms since the epoch. */
export const bootstrapSchema = z.object({ epoch: z.string(), protocol: z.number(), time: z.number(), rooms: z.array(bootstrapRoom) })
export type Bootstrap = z.infer<typeof bootstrapSchema>

/** Its fields are those of docs/PROTOCOL.md, "Entries". */
const entry = z.custom<Entry>((value) => typeof value === 'object' && value !== null).meta({ type: 'object' })

/** Entries in ascending `seq`. */
export const messagesPageSchema = z.object({ entries: z.array(entry), head: z.number() })
export type MessagesPage = z.infer<typeof messagesPageSchema>

/** A conversation: what it began with, and a page of its answers in ascending `seq`; `more`: there are older ones. */
export const threadPageSchema = z.object({ root: entry, entries: z.array(entry), more: z.boolean() })
export type ThreadPage = z.infer<typeof threadPageSchema>

/** `seq`: the first message at or after a time, or `head` + 1 where all are earlier. */
export const seqAtSchema = z.object({ seq: z.number(), head: z.number() })
export type SeqAt = z.infer<typeof seqAtSchema>

/** Segments of a room's log in which a message was deleted after the rev asked for; `rev`: up to here. */
export const erasedSegmentsSchema = z.object({ rev: z.number(), segments: z.array(z.number()) })
export type ErasedSegments = z.infer<typeof erasedSegmentsSchema>

const person = { username: z.string(), displayName: z.string() }

/** `total`: of all members, or with a query of those it finds. */
export const membersPageSchema = z.object({
  members: z.array(z.object({ id: z.string(), role: z.enum(ROOM_ROLES), ...person, avatar: z.string().optional() })),
  total: z.number(),
})
export type MembersPage = z.infer<typeof membersPageSchema>

const directoryUser = z.object({ id: z.string(), ...person, avatar: z.string().optional() })
export const directoryUsersSchema = z.object({ users: z.array(directoryUser) })
export type DirectoryUser = z.infer<typeof directoryUser>

const directoryRoom = z.object({ room: z.string(), name: z.string(), topic: z.string(), members: z.number(), joined: z.boolean() })
/** A page of public rooms; `more`: there are further ones after it. */
export const directoryRoomsSchema = z.object({ rooms: z.array(directoryRoom), more: z.boolean() })
export type DirectoryRooms = z.infer<typeof directoryRoomsSchema>
export type DirectoryRoom = z.infer<typeof directoryRoom>

const commandResult = z.discriminatedUnion('status', [
  z.object({ id: z.string(), status: z.literal('accepted'), seq: z.number().optional() }),
  z.object({ id: z.string(), status: z.literal('rejected'), code: z.string(), message: z.string() }),
])
/** One result for each command, in their order. */
export const commandResultsSchema = z.object({ results: z.array(commandResult) })
