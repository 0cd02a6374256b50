import { isIPv6 } from 'node:net'
import { CodedError } from '@chatflow/shared/errors'

export interface RateLimiter {
  /** Counts one. Throws `rate_limited`, with the seconds to wait, once `limit` were counted within the window. */
  take(key: string): Promise<void>
  /**
   * Runs `attempt` and counts it if `isFailure` says so of what it throws. Throws `rate_limited` without running it when `limit` failures
   * were counted. Attempts that come together wait for each other where, were all to fail, they would pass the limit.
   */
  attempt<T>(key: string, attempt: () => Promise<T>, isFailure: (error: unknown) => boolean): Promise<T>
}

/** So many within any window of so many ms. */
export interface Limit {
  limit: number
  windowMs: number
}

export interface Pacer {
  /** Takes `count` (default 1) at once, or none: then it throws `rate_limited`, with the seconds until there are enough. */
  take(key: string, count?: number): Promise<void>
}

/** So many at once, and so many a second on average. */
export interface Pace {
  burst: number
  perSecond: number
}

/**
 * Makes limits, in memory or in Redis (`createMemoryLimits`, `createRedisLimits`). `name` tells one limit from the others: processes that
 * share a Redis share the limits of one name. Keys may be addresses or names; they are not kept in clear outside of this process.
 */
export interface RateLimits {
  window(name: string, limit: Limit): RateLimiter
  pace(name: string, pace: Pace): Pacer
}

/** For `RATE_LIMITS=off`. */
export const noLimits: RateLimits = {
  window: () => ({ take: () => Promise.resolve(), attempt: (_key, attempt) => attempt() }),
  pace: () => ({ take: () => Promise.resolve() }),
}

/** The refusal of all limits: 429 with `Retry-After`, at least a second. */
export function rateLimited(waitMs: number): CodedError {
  return new CodedError('rate_limited', undefined, Math.max(1, Math.ceil(waitMs / 1_000)))
}

/** What an address counts as: one IPv4 address, or the /64 network that one IPv6 customer has for himself. */
export function addressKey(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '')
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}
