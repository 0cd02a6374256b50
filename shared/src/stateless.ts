import { z } from 'zod'

const hello = z.object({ type: z.literal('hello'), epoch: z.string(), protocol: z.number(), time: z.number() })
const activity = z.object({ type: z.literal('activity'), room: z.string(), head: z.number(), rev: z.number().optional(), mention: z.boolean().optional() })
/** `lastSeen`: ms, to the minute; of those who are offline and were seen. */
const person = { user: z.string(), status: z.string(), lastSeen: z.number().optional() }
const presence = z.object({ type: z.literal('presence'), ...person })
/** Of many at once. `all`: whoever is not in it is offline, as far as one hears of them. */
const people = z.object({ type: z.literal('people'), people: z.array(z.object(person)), all: z.boolean().optional() })

const schema = z.discriminatedUnion('type', [hello, activity, presence, people])

/** What the server says outside documents, on `user/<user>`. */
export type ServerMessage = z.infer<typeof schema>

/** Undefined for what this client does not know: newer servers may say more. */
export function parseServerMessage(payload: string): ServerMessage | undefined {
  try {
    const result = schema.safeParse(JSON.parse(payload))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
