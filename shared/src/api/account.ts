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
})
export type Me = z.infer<typeof meSchema>

/** Answer of register, login and refresh. `expiresAt`: ms since the epoch. */
export const signedSchema = z.object({ user: meSchema, accessToken: z.string(), expiresAt: z.number() })
export type Signed = z.infer<typeof signedSchema>

/** The address that a link has confirmed. */
export const confirmedEmailSchema = z.object({ email: z.string() })
export type ConfirmedEmail = z.infer<typeof confirmedEmailSchema>
