import { z } from 'zod'
import { REPORT_OUTCOMES, REPORT_REASONS } from '../reports.ts'
import { ROOM_KINDS, ROOM_ROLES } from '../roles.ts'

const person = z.object({ id: z.string(), username: z.string(), displayName: z.string() })

const ban = z.object({
  user: person,
  by: person,
  reason: z.string().optional(),
  /** ms since the epoch. */
  at: z.number(),
})

/** Who is banned from a room, the newest first. */
export const bansPageSchema = z.object({ bans: z.array(ban), total: z.number() })
export type BansPage = z.infer<typeof bansPageSchema>

const report = z.object({
  id: z.string(),
  room: z.object({ id: z.string(), kind: z.enum(ROOM_KINDS), name: z.string() }),
  /** The caller's role in the room; absent: not a member. */
  role: z.enum(ROOM_ROLES).optional(),
  message: z.string(),
  seq: z.number(),
  author: person,
  /** The author's role in the room; absent: not a member any more. */
  authorRole: z.enum(ROOM_ROLES).optional(),
  reporter: person,
  reason: z.enum(REPORT_REASONS),
  note: z.string().optional(),
  /** ms since the epoch, as is `resolvedAt`. */
  at: z.number(),
  /** withheld: of a room that the caller could not read otherwise; asked for by itself, which the audit log notes. */
  content: z.enum(['shown', 'withheld', 'deleted']),
  text: z.string().optional(),
  outcome: z.enum(REPORT_OUTCOMES).optional(),
  resolvedBy: person.optional(),
  resolvedAt: z.number().optional(),
  /** What whoever settled it noted down. */
  resolution: z.string().optional(),
})
export type Report = z.infer<typeof report>

/** Newest first; `open`: how many are open, counted to 100. */
export const reportsPageSchema = z.object({ reports: z.array(report), open: z.number() })
export type ReportsPage = z.infer<typeof reportsPageSchema>

/** The message that a report is about. */
export const reportedMessageSchema = z.object({ text: z.string(), sentAt: z.number() })
export type ReportedMessage = z.infer<typeof reportedMessageSchema>
