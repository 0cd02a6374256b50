import { z } from 'zod'
import { isId, type Id } from './ids.ts'
import { LIMITS } from './limits.ts'

/** How present somebody is. Of several devices the most present one counts. */
export type Status = 'online' | 'away' | 'offline'

const RANK: Record<Status, number> = { online: 2, away: 1, offline: 0 }

/** The more present of two. */
export function mostPresent(a: Status, b: Status): Status {
  return RANK[a] >= RANK[b] ? a : b
}

/** A time as it is told to others: to the minute, ms. */
export function coarseTime(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000
}

/**
 * What a client says of itself on `user/<user>`, outside the document: how present its person is at this device, and which room they have before their eyes there, if any (a page that is
 * visible, and not `away`): nothing is pushed of that room. And whose presence it
 * wants to hear of beyond that of the people in direct conversations (the whole list each time).
 */
const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('presence'), status: z.enum(['online', 'away']), room: z.string().refine(isId).optional() }),
  z.object({ type: z.literal('watch'), users: z.array(z.string().refine(isId)).max(LIMITS.watchedPeople) }),
])
export type ClientMessage = { type: 'presence'; status: 'online' | 'away'; room?: Id | undefined } | { type: 'watch'; users: Id[] }

/** Undefined for what this server does not know. */
export function parseClientMessage(payload: string): ClientMessage | undefined {
  try {
    const result = clientMessage.safeParse(JSON.parse(payload))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
