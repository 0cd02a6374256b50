import { z } from 'zod'
import { GLOBAL_ROLES } from '../roles.ts'

/** Who may open an account: everybody, those with an invitation, nobody. */
export const REGISTRATION_MODES = ['open', 'invitation', 'closed'] as const
export type RegistrationMode = (typeof REGISTRATION_MODES)[number]

/** What an invitation may make of a newcomer: never an administrator. */
export const INVITED_ROLES = ['member', 'guest'] as const
export type InvitedRole = (typeof INVITED_ROLES)[number]

/** Times are ms since the epoch. */
const adminUser = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  email: z.string(),
  role: z.enum(GLOBAL_ROLES),
  verified: z.boolean(),
  /** An authenticator app or a passkey. */
  secondFactor: z.boolean(),
  disabled: z.boolean(),
  createdAt: z.number(),
  /** Of the newest sign-in or refresh that is still known; null: none. */
  lastSeenAt: z.number().nullable(),
  /** Sessions that have not ended. */
  sessions: z.number(),
})
export type AdminUser = z.infer<typeof adminUser>
export const adminUserSchema = z.object({ user: adminUser })
/** Newest accounts first. `more`: there are older ones, after the last of these. */
export const adminUsersSchema = z.object({ users: z.array(adminUser), more: z.boolean() })
export type AdminUsers = z.infer<typeof adminUsersSchema>

/** How many were ended. */
export const endedSessionsSchema = z.object({ sessions: z.number() })
export type EndedSessions = z.infer<typeof endedSessionsSchema>

export const resetLinkSchema = z.object({ url: z.string(), expiresAt: z.number() })
export type ResetLink = z.infer<typeof resetLinkSchema>

/** Who must have a second factor. */
export const SECOND_FACTOR_RULES = ['nobody', 'administrators', 'everyone'] as const
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number]

/** Deliberately small: it is read by people without an account. */
export const registrationSchema = z.object({ mode: z.enum(REGISTRATION_MODES) })
export const adminSettingsSchema = z.object({ registration: z.enum(REGISTRATION_MODES), secondFactor: z.enum(SECOND_FACTOR_RULES) })
export type AdminSettings = z.infer<typeof adminSettingsSchema>

/** Of the sync-server. `linkPreviews`: it fetches the pages that messages link. */
export const chatSettingsSchema = z.object({ linkPreviews: z.boolean() })
export type ChatSettings = z.infer<typeof chatSettingsSchema>

const invitation = z.object({
  id: z.string(),
  role: z.enum(INVITED_ROLES),
  note: z.string(),
  uses: z.number(),
  used: z.number(),
  createdAt: z.number(),
  createdBy: z.string(),
  expiresAt: z.number(),
})
export type Invitation = z.infer<typeof invitation>
/** Newest first, without those that were revoked. */
export const invitationsSchema = z.object({ invitations: z.array(invitation), more: z.boolean() })
export type Invitations = z.infer<typeof invitationsSchema>
/** The only time that the code is seen: the server keeps its hash. */
export const newInvitationSchema = z.object({ id: z.string(), code: z.string(), url: z.string(), expiresAt: z.number() })
export type NewInvitation = z.infer<typeof newInvitationSchema>
/** What somebody who holds a code may know. `invitedBy`: a display name. */
export const openInvitationSchema = z.object({ role: z.enum(INVITED_ROLES), invitedBy: z.string(), expiresAt: z.number() })
export type OpenInvitation = z.infer<typeof openInvitationSchema>

const auditRow = z.object({
  id: z.number(),
  at: z.number(),
  /** One of `AUDIT_ACTIONS`, or one that a newer server wrote. */
  action: z.string(),
  /** Null: the system, or someone who was not signed in. `name` is missing where the account is gone. */
  actor: z.object({ id: z.string(), name: z.string().optional() }).nullable(),
  /** `name` for users; rooms are named by `GET /api/admin/rooms?ids=`. */
  target: z.object({ kind: z.string(), id: z.string(), name: z.string().optional() }).nullable(),
  room: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type AuditRow = z.infer<typeof auditRow>
/** Newest first. */
export const auditPageSchema = z.object({ entries: z.array(auditRow), more: z.boolean() })
export type AuditPage = z.infer<typeof auditPageSchema>

const adminRoom = z.object({
  room: z.string(),
  kind: z.enum(['public', 'private']),
  name: z.string(),
  members: z.number(),
  /** Entries so far, those of events included. */
  messages: z.number(),
  createdAt: z.number(),
  lastActivityAt: z.number(),
  archived: z.boolean(),
})
export type AdminRoom = z.infer<typeof adminRoom>
/** Newest rooms first. Direct conversations are counted, never listed. */
export const adminRoomsSchema = z.object({ rooms: z.array(adminRoom), more: z.boolean(), directConversations: z.number() })
export type AdminRooms = z.infer<typeof adminRoomsSchema>
