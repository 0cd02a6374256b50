import { z } from 'zod'

const session = z.object({
  id: z.string(),
  /** What it runs on, "Windows" or "iPhone"; empty if the browser did not say. */
  device: z.string(),
  /** Name and main version, "Firefox 131"; empty likewise. */
  browser: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
})
/** One sign-in on one device. Times are ms since the epoch. */
export type SessionInfo = z.infer<typeof session>

/** Answer of `GET /api/auth/sessions`: the current one first, then by last use. */
export const sessionsSchema = z.object({ sessions: z.array(session) })
export type SessionList = z.infer<typeof sessionsSchema>
