import { createMemoryLimits } from './memory-limits.ts'
import type { RateLimits } from './rate-limiter.ts'
import { createRedisLimits, type RedisLimitsOptions } from './redis-limits.ts'

/** The limits of a server process: in Redis where `REDIS_URL` says so, else in memory. */
export function openLimits({ url, ...options }: Omit<RedisLimitsOptions, 'url'> & { url: string | undefined }): { limits: RateLimits; close(): void } {
  if (url === undefined) return { limits: createMemoryLimits(options.clock), close: () => undefined }
  const limits = createRedisLimits({ url, ...options })
  return { limits, close: () => limits.close() }
}
