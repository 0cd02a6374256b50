import { createClient } from '@redis/client'

type RedisClient = ReturnType<typeof newClient>

export interface RedisLink {
  /** Answers what `question` answers. Throws within `WITHIN_MS`, and at once while Redis is known to be away. */
  ask<T>(question: (client: RedisClient) => Promise<T>): Promise<T>
  close(): void
}

interface LinkLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** A Redis that does not answer within this time is away, ms. */
const WITHIN_MS = 500
/** How long a connection may take to come about; nobody waits longer for it than `WITHIN_MS`. */
const CONNECT_MS = 5_000
/** What is asked of Redis before it counts as back: to run a script that writes, which a full or read-only one refuses. */
const PROBE = "return redis.call('SET', KEYS[1], '1', 'PX', 1000)"
const PROBE_KEY = 'chatflow:limit:probe'
/** How often a Redis that is away is looked for, ms. */
const AGAIN_MS = 1_000

/**
 * A connection to Redis that nobody waits for: the first question that fails or takes too long ends it, and from then on every question fails at
 * once until a new connection, tried every second, answers. Going away and coming back are logged once each, by code: messages quote addresses.
 */
export function createRedisLink(url: string, log: LinkLog): RedisLink {
  let client: RedisClient | undefined
  let away = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let connecting = connect()

  async function connect(): Promise<void> {
    const fresh = newClient(url)
    // Each error here also fails a question or the connecting itself.
    fresh.on('error', (error: unknown) => void (client === fresh && lose(fresh, error)))
    try {
      await within(CONNECT_MS, fresh.connect().then(() => fresh.eval(PROBE, { keys: [PROBE_KEY] })))
      if (closed) return end(fresh)
      client = fresh
      if (away) log.info({}, 'Redis is back')
      away = false
    } catch (error) {
      lose(fresh, error)
    }
  }

  function lose(lost: RedisClient, error: unknown): void {
    end(lost)
    if (closed || (client !== lost && client !== undefined)) return
    client = undefined
    goOnWithout(error)
    clearTimeout(timer)
    timer = setTimeout(() => void (connecting = connect()), AGAIN_MS)
    timer.unref()
  }

  function goOnWithout(error: unknown): void {
    if (!away && !closed) log.warn({ code: codeOf(error) }, 'Redis is away: this process limits by itself until it is back')
    away = true
  }

  return {
    async ask(question) {
      // Only the very first connection is waited for.
      if (client === undefined && !away) await within(WITHIN_MS, connecting).catch(goOnWithout)
      const present = client
      if (present === undefined) throw new RedisAway('away')
      try {
        return await within(WITHIN_MS, question(present))
      } catch (error) {
        lose(present, error)
        throw new RedisAway('away', { cause: error })
      }
    },
    close() {
      closed = true
      clearTimeout(timer)
      if (client) end(client)
      client = undefined
      away = true
    },
  }
}

/** Redis cannot be asked now. */
class RedisAway extends Error {}

function newClient(url: string) {
  return createClient({ url, disableOfflineQueue: true, disableClientInfo: true, maintNotifications: 'disabled', socket: { reconnectStrategy: false, connectTimeout: CONNECT_MS } })
}

function end(client: RedisClient): void {
  try {
    client.destroy()
  } catch {
    // It was not open any more.
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    // An answer may lie there already when this process itself was busy for so long: it is looked at first.
    timer = setTimeout(() => setImmediate(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))), ms)
  })
  // What comes after the time is up is nobody's business.
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A network error's code, or the first word of what Redis said (`NOAUTH`, `OOM`, `READONLY`). */
function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return code
  return /^[A-Z]+\b/.exec(typeof message === 'string' ? message : '')?.[0] ?? 'unknown'
}
