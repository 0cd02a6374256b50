import { z } from 'zod'

/** The key that browsers subscribe with: an uncompressed point of P-256, base64url. */
export const pushKeySchema = z.object({ key: z.string() })

const subscription = z.object({
  id: z.string(),
  /** The client's own id of the device. */
  device: z.string(),
  /** Host of the push service. */
  service: z.string(),
  language: z.string(),
  createdAt: z.number(),
  /** When it last told the device of something; absent: it never has. */
  deliveredAt: z.number().optional(),
  /** Of the session that asks. */
  current: z.boolean(),
})
/** A device that is told of messages while no page is open there. Times are ms since the epoch. */
export type PushSubscriptionInfo = z.infer<typeof subscription>

export const pushSubscriptionSchema = subscription
/** The newest first. */
export const pushSubscriptionsSchema = z.object({ subscriptions: z.array(subscription) })
