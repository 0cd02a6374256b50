import type { Database } from '@chatflow/database'
import { type Access, callerOf } from '@chatflow/server-kit/access'
import { type App, NO_CONTENT, refusals } from '@chatflow/server-kit/openapi'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import { pushKeySchema, pushSubscriptionSchema, pushSubscriptionsSchema } from '@chatflow/shared/api/push'
import { CodedError } from '@chatflow/shared/errors'
import { isId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import type { Guard } from '../outgoing/guard.ts'
import { arePushKeys } from '../push/encrypt.ts'
import { checkedEndpoint } from '../push/endpoint.ts'
import { keepSubscription, removeSubscription, subscriptionsOf } from '../push/subscription-rows.ts'

const access: Access = { who: 'signed-in' }
/** Subscribing makes the server look up a name: so often an hour and user. */
const SUBSCRIBING = { limit: 60, windowMs: 3_600_000 }

const id = text(36, 36).refine(isId, 'not a UUID in lower case')
const key = z.string().max(128).regex(/^[A-Za-z0-9_-]+={0,2}$/, 'not base64url')
const wish = z.strictObject({
  endpoint: text(1, LIMITS.pushEndpoint),
  keys: z.strictObject({ p256dh: key, auth: key }),
  device: id,
  language: z.string().max(35).regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}$/, 'not a language tag'),
})

export interface PushRoutesOptions {
  db: Database
  guard: Guard
  /** The key that browsers subscribe with. */
  publicKey: string
  limits: RateLimits | undefined
}

/** `GET /api/push/key`; `GET`, `POST /api/push/subscriptions`; `DELETE /api/push/subscriptions/:id`: 204. */
export function addPushRoutes(app: App, { db, guard, publicKey, limits }: PushRoutesOptions): void {
  const limiter = limits?.window('push-subscriptions', SUBSCRIBING)

  const ask = { summary: 'The key that browsers subscribe to push messages with.', response: { 200: pushKeySchema } }
  app.get('/api/push/key', { config: { access }, schema: ask }, async () => ({ key: publicKey }))

  const list = { summary: "The caller's devices that are told of messages while no page is open.", response: { 200: pushSubscriptionsSchema } }
  app.get('/api/push/subscriptions', { config: { access }, schema: list }, async (request) => {
    const { user, session } = callerOf(request)
    return { subscriptions: await subscriptionsOf(db, user, session) }
  })

  const subscribe = {
    summary: 'Has a device told of messages while no page is open there, until its session ends. `keys` and `endpoint` as browsers give them; again for a device takes the place of what was there.',
    body: wish,
    response: { 200: pushSubscriptionSchema, ...refusals('push_subscription_invalid', 'rate_limited') },
  }
  app.post('/api/push/subscriptions', { config: { access }, schema: subscribe }, async (request) => {
    const { user, session } = callerOf(request)
    const { endpoint, keys, device, language } = request.body
    const bytes = { p256dh: Buffer.from(keys.p256dh, 'base64url'), auth: Buffer.from(keys.auth, 'base64url') }
    if (!arePushKeys(bytes)) throw new CodedError('push_subscription_invalid')
    await limiter?.take(user)
    return keepSubscription(db, { user, session, device, language, endpoint: await checkedEndpoint(endpoint, guard), ...bytes }, Date.now())
  })

  const remove = { summary: "Ends one of the caller's subscriptions.", params: z.strictObject({ id: text(1, 100) }), response: { ...NO_CONTENT, ...refusals('not_found') } }
  app.delete('/api/push/subscriptions/:id', { config: { access: { who: 'signed-in', own: true } }, schema: remove }, async (request, reply) => {
    const removed = isId(request.params.id) && (await removeSubscription(db, callerOf(request).user, request.params.id))
    if (!removed) throw new CodedError('not_found')
    return reply.status(204).send()
  })
}
