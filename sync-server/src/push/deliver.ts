import { createHash } from 'node:crypto'
import type { Id } from '@chatflow/shared/ids'
import type { PushPayload } from '@chatflow/shared/notify/push-payload'
import { askGuarded } from '../outgoing/exchange.ts'
import type { Guard } from '../outgoing/guard.ts'
import { NoAnswer } from '../outgoing/no-answer.ts'
import { encryptPush } from './encrypt.ts'
import { endpointUrl } from './endpoint.ts'
import type { DuePush } from './push-rows.ts'

/** For all of one try, ms. */
const WITHIN_MS = 8_000
const CONNECT_MS = 5_000
/** Most messages are of one length then. */
const PAD_TO = 1_024
/** `Retry-After` is believed up to here, s. */
const LONGEST_WAIT = 3_600
/** What leaves no doubt that this address is never to be asked, whatever it says. */
const FORBIDDEN: ReadonlySet<string> = new Set(['address', 'scheme', 'credentials', 'port', 'host', 'own_host', 'private_address'])

/** What became of a try. */
export type Outcome =
  | { kind: 'taken' }
  /** The push service knows the subscription no longer, or its address is one that is not asked. */
  | { kind: 'gone' }
  /** It does not take this message, and will not. */
  | { kind: 'refused' }
  /** Not now. `after`: seconds that it asked for; `service`: it is the service that does not answer or has too much to do, rather than this subscription. */
  | { kind: 'later'; after?: number; service: boolean }

export interface DeliverOptions {
  guard: Guard
  authorization(endpoint: URL): Promise<string>
  now: () => number
  /** Gives up what is under way. */
  signal: AbortSignal
  withinMs?: number
}

/** Hands one push to its service: encrypted, through the guard, following no redirect and reading nothing of the answer but its status. Rejects only for faults of our own. */
export async function deliver(push: DuePush, payload: PushPayload, { guard, authorization, now, signal, withinMs = WITHIN_MS }: DeliverOptions): Promise<Outcome> {
  try {
    const url = endpointUrl(push.endpoint, guard)
    const headers = {
      authorization: await authorization(url),
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: String(Math.max(0, Math.ceil((push.expiresAt - now()) / 1_000))),
      topic: topicOf(push.subscription, push.room),
      urgency: payload.reason === 'message' ? 'normal' : 'high',
    }
    const body = encryptPush(Buffer.from(JSON.stringify(payload)), push, { padTo: PAD_TO })
    const answer = await askGuarded({ url, method: 'POST', headers: { ...headers, 'content-length': String(body.length) }, body, connectMs: CONNECT_MS, signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]) }, guard)
    answer.destroy()
    return outcomeOf(answer.statusCode ?? 0, answer.headers['retry-after'], now())
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return FORBIDDEN.has(error.reason) ? { kind: 'gone' } : { kind: 'later', service: true }
  }
}

function outcomeOf(status: number, retryAfter: string | undefined, now: number): Outcome {
  if (status >= 200 && status <= 299) return { kind: 'taken' }
  if (status === 404 || status === 410) return { kind: 'gone' }
  if (status === 429 || status >= 500) {
    const after = secondsOf(retryAfter, now)
    return { kind: 'later', service: true, ...(after === undefined ? {} : { after }) }
  }
  return { kind: 'refused' }
}

/** Seconds, or a date. */
function secondsOf(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1_000)
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), LONGEST_WAIT)
}

/** What a push service replaces by the next one while the device is out of reach; it does not tell which rooms of different devices are one. */
function topicOf(subscription: Id, room: Id): string {
  return createHash('sha256').update(`${subscription}/${room}`).digest().subarray(0, 24).toString('base64url')
}
