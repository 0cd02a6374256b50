import { createHmac, randomUUID } from 'node:crypto'
import { createMemoryLimits } from './memory-limits.ts'
import { rateLimited, type RateLimiter, type RateLimits } from './rate-limiter.ts'
import { createRedisLink, type RedisLink } from './redis-link.ts'
import { BEGIN, END, PACE, TAKE } from './redis-scripts.ts'

export interface RedisLimitsOptions {
  /** `REDIS_URL`. */
  url: string
  /** With it keys are hashed, so that Redis holds no address and no name. The same in all processes; asked for once. */
  secret: () => Promise<string>
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
  clock?: () => number
}

/** An attempt that has not ended by then is taken for one whose process died, ms. */
const ATTEMPT_ENDS_MS = 30_000
/** How often an attempt that has to wait for others asks, ms. */
const ASK_AGAIN_MS = 25

/**
 * Limits that all processes on one Redis share. While Redis is away each process limits by itself, in memory: no request waits longer than half a second
 * for it, and none fails because of it. `close` lets go of the connection.
 */
export function createRedisLimits({ url, secret, log, clock = Date.now }: RedisLimitsOptions): RateLimits & { close(): void } {
  const link = createRedisLink(url, log)
  const memory = createMemoryLimits(clock)
  let salt: Promise<string> | undefined

  /** Both keys of one limit and key; the braces keep them on one node of a cluster. */
  async function keysOf(kind: 'window' | 'pace', name: string, key: string): Promise<[string, string]> {
    salt ??= secret()
    try {
      const hash = createHmac('sha256', await salt).update(`${kind}\0${name}\0${key}`).digest('base64url')
      return [`chatflow:limit:{${hash}}`, `chatflow:limit:{${hash}}:running`]
    } catch (error) {
      salt = undefined
      throw error
    }
  }

  /** Answers ms to wait, or undefined while Redis is away. */
  const run = (script: string, keys: string[], ...values: (string | number)[]): Promise<number | undefined> =>
    ask(link, script, keys, [Math.round(clock() - Date.now()), ...values])

  return {
    close: () => link.close(),

    window(name, { limit, windowMs }): RateLimiter {
      const alone = memory.window(name, { limit, windowMs })
      return {
        async take(key) {
          const wait = await run(TAKE, (await keysOf('window', name, key)).slice(0, 1), windowMs, limit, randomUUID())
          if (wait === undefined) return alone.take(key)
          if (wait > 0) throw rateLimited(wait)
        },

        async attempt(key, attempt, isFailure) {
          const keys = await keysOf('window', name, key)
          const id = randomUUID()
          let wait: number | undefined
          while ((wait = await run(BEGIN, keys, windowMs, limit, id, ATTEMPT_ENDS_MS)) === -1) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
          if (wait === undefined) return alone.attempt(key, attempt, isFailure)
          if (wait > 0) throw rateLimited(wait)
          let failed = false
          try {
            return await attempt()
          } catch (error) {
            failed = isFailure(error)
            throw error
          } finally {
            const counted = await run(END, keys, windowMs, id, failed ? '1' : '0')
            // Redis went away in between: the failure counts here at least.
            if (counted === undefined && failed) await alone.take(key).catch(() => undefined)
          }
        },
      }
    },

    pace(name, { burst, perSecond }) {
      const alone = memory.pace(name, { burst, perSecond })
      return {
        async take(key, count = 1) {
          const wait = await run(PACE, (await keysOf('pace', name, key)).slice(0, 1), burst, perSecond, count)
          if (wait === undefined) return alone.take(key, count)
          if (wait > 0) throw rateLimited(wait)
        },
      }
    },
  }
}

async function ask(link: RedisLink, script: string, keys: string[], values: (string | number)[]): Promise<number | undefined> {
  try {
    return Number(await link.ask((client) => client.eval(script, { keys, arguments: values.map(String) })))
  } catch {
    return undefined
  }
}
