import { z } from 'zod'

const hello = z.object({ type: z.literal('hello'), epoch: z.string(), protocol: z.number(), time: z.number() })
const activity = z.object({ type: z.literal('activity'), room: z.string(), head: z.number(), rev: z.number().optional(), mention: z.boolean().optional() })
const presence = z.object({ type: z.literal('presence'), user: z.string(), status: z.string() })

const schema = z.discriminatedUnion('type', [hello, activity, presence])

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
