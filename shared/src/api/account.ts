import { z } from 'zod'
import { GLOBAL_ROLES } from '../roles.ts'

/** The account as its own person sees it. */
export const meSchema = z.object({
  id: z.string(),
  email: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.enum(GLOBAL_ROLES),
  emailVerified: z.boolean(),
  /** Id of the picture: `GET /api/auth/avatars/:id`. */
  avatar: z.string().optional(),
  /** A second factor is required here and has not been set up: nothing else is possible before. */
  secondFactorMissing: z.literal(true).optional(),
})
export type Me = z.infer<typeof meSchema>

/** Answer of register, login and refresh. `expiresAt`: ms since the epoch. */
export const signedSchema = z.object({ user: meSchema, accessToken: z.string(), expiresAt: z.number() })
export type Signed = z.infer<typeof signedSchema>

/** The address that a link has confirmed. */
export const confirmedEmailSchema = z.object({ email: z.string() })
export type ConfirmedEmail = z.infer<typeof confirmedEmailSchema>

/** What becomes of the messages of a deleted account: they stay, by "Deleted user", or go too. */
export const MESSAGES_AFTER_DELETION = ['keep', 'remove'] as const
export type MessagesAfterDeletion = (typeof MESSAGES_AFTER_DELETION)[number]

/** Name under which a deleted account is shown. */
export const DELETED_NAME = 'Deleted user'
