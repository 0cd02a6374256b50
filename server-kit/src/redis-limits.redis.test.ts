import { createClient } from '@redis/client'
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createRedisLimits } from './redis-limits.ts'
import { rateLimitsContract } from './testing/rate-limits-contract.ts'
import { startRedis, type TestRedis } from './testing/start-redis.ts'

let redis: TestRedis
const opened: { close(): void }[] = []

beforeAll(async () => {
  redis = await startRedis()
})
afterEach(() => {
  for (const limits of opened.splice(0)) limits.close()
})
afterAll(() => redis.dispose())

function open({ clock = Date.now, url = redis.url, secret = 'secret' } = {}) {
  const lines: { level: string; message: string; fields: object }[] = []
  const line = (level: string) => (fields: object, message: string) => void lines.push({ level, message, fields })
  const limits = createRedisLimits({ url, secret: () => Promise.resolve(secret), log: { info: line('info'), warn: line('warn') }, clock })
  opened.push(limits)
  return { limits, lines }
}

rateLimitsContract('in Redis', (clock) => open({ clock }).limits)

/** Half a second is waited for Redis; the rest is for a machine that is busy. */
const HELD_UP_MS = 2_000
const FIVE = { limit: 5, windowMs: 60_000 }
const wrong = () => Promise.reject(new Error('wrong'))
const always = () => true

describe('limits in Redis', () => {
  it('are one for all processes that share it', async () => {
    const [one, two] = [open().limits, open().limits]
    const [a, b] = [one.window('shared', FIVE), two.window('shared', FIVE)]
    for (let i = 0; i < 5; i++) await expect((i % 2 ? a : b).attempt('key', wrong, always)).rejects.toThrow('wrong')
    await expect(a.attempt('key', wrong, always)).rejects.toMatchObject({ code: 'rate_limited' })
    await expect(b.take('key')).rejects.toMatchObject({ code: 'rate_limited' })
    await one.pace('shared', { burst: 3, perSecond: 0.01 }).take('key', 3)
    await expect(two.pace('shared', { burst: 3, perSecond: 0.01 }).take('key')).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('let no burst through two processes pass the limit', async () => {
    const [one, two] = [open().limits.window('burst', FIVE), open().limits.window('burst', FIVE)]
    let ran = 0
    const guess = async () => {
      ran += 1
      await new Promise((resolve) => setImmediate(resolve))
      throw new Error('wrong')
    }
    const results = await Promise.allSettled(Array.from({ length: 30 }, (_, i) => (i % 2 ? one : two).attempt('key', guess, always)))
    expect(ran).toBe(5)
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(30)
  })

  it('forget an attempt whose process died', async () => {
    let ahead = 0
    const { limits } = open({ clock: () => Date.now() + ahead })
    const limiter = limits.window('died', { limit: 1, windowMs: 60_000 })
    const never = Promise.withResolvers<never>()
    const begun = Promise.withResolvers<void>()
    void limiter.attempt('key', () => (begun.resolve(), never.promise), always).catch(() => undefined)
    await begun.promise
    ahead += 31_000
    expect(await limiter.attempt('key', () => Promise.resolve('in'), always)).toBe('in')
    never.reject(new Error('over'))
  })

  it('keep no address and no name in Redis, and nothing for ever', async () => {
    const { limits } = open()
    await limits.window('addresses', FIVE).take('203.0.113.77')
    await expect(limits.window('accounts', FIVE).attempt('planted-name', wrong, always)).rejects.toThrow('wrong')
    await limits.pace('paces', { burst: 3, perSecond: 1 }).take('planted-user')
    const client = createClient({ url: redis.url })
    await client.connect()
    const kept = async () => (await client.keys('*')).filter((key) => key !== 'chatflow:limit:probe')
    const keys = await kept()
    expect(keys.length).toBeGreaterThanOrEqual(3)
    for (const key of keys) {
      expect(key).toMatch(/^chatflow:limit:\{[\w-]{43}\}(:running)?$/)
      expect(await client.pTTL(key)).toBeGreaterThan(0)
    }
    // The hash depends on the secret: who reads Redis cannot try addresses.
    const before = keys.length
    await open({ secret: 'another' }).limits.window('addresses', FIVE).take('203.0.113.77')
    expect(await kept()).toHaveLength(before + 1)
    client.destroy()
  })
})

describe('while Redis is away, limits', () => {
  it('go on in memory within a second, hold nobody up, say so once, and come back by themselves', async () => {
    const { limits, lines } = open()
    const limiter = limits.window('outage', FIVE)
    await limiter.take('key')
    redis.pause()
    try {
      const asked = performance.now()
      await limiter.take('key')
      expect(performance.now() - asked).toBeLessThan(HELD_UP_MS)
      const again = performance.now()
      for (let i = 0; i < 4; i++) await limiter.take('key')
      await expect(limiter.take('key')).rejects.toMatchObject({ code: 'rate_limited' })
      for (let i = 0; i < 100; i++) await limiter.take(`key ${i}`)
      expect(performance.now() - again).toBeLessThan(HELD_UP_MS)
      expect(lines).toEqual([{ level: 'warn', message: expect.stringContaining('Redis is away'), fields: { code: 'ETIMEDOUT' } }])
    } finally {
      redis.resume()
    }
    await expect.poll(() => lines.length, { timeout: 5_000 }).toBe(2)
    expect(lines[1]).toMatchObject({ level: 'info', message: 'Redis is back' })
    // One count was made before the outage, and perhaps the one that was given up: Redis has kept its own.
    for (let i = 0; i < 3; i++) await limiter.take('key')
  })

  it('count what fails in between, and outlive a restart of Redis', async () => {
    const { limits, lines } = open()
    const limiter = limits.window('restart', { limit: 1, windowMs: 60_000 })
    const stopDuring = async () => {
      await redis.stop()
      throw new Error('wrong')
    }
    await expect(limiter.attempt('key', stopDuring, always)).rejects.toThrow('wrong')
    await expect(limiter.attempt('key', wrong, always)).rejects.toMatchObject({ code: 'rate_limited' })
    await redis.start()
    await expect.poll(() => lines.at(-1)?.message, { timeout: 5_000 }).toBe('Redis is back')
    await limiter.take('key')
    await expect(limiter.take('key')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(lines).toHaveLength(2)
  })

  it('go on alone also beside a Redis that answers and takes nothing, and do not say so every second', async () => {
    const admin = createClient({ url: redis.url })
    admin.on('error', () => undefined)
    await admin.connect()
    const connections = async () => Number(/total_connections_received:(\d+)/.exec(await admin.info('stats'))?.[1])
    const { limits, lines } = open()
    const limiter = limits.window('read-only', { limit: 1, windowMs: 60_000 })
    await limiter.take('before')
    await admin.configSet('min-replicas-to-write', '1')
    await limiter.take('key')
    await expect(limiter.take('key')).rejects.toMatchObject({ code: 'rate_limited' })
    const before = await connections()
    await expect.poll(connections, { timeout: 10_000 }).toBeGreaterThanOrEqual(before + 3)
    expect(lines).toEqual([{ level: 'warn', message: expect.stringContaining('Redis is away'), fields: { code: 'NOREPLICAS' } }])
    await admin.configSet('min-replicas-to-write', '0')
    await expect.poll(() => lines.length, { timeout: 5_000 }).toBe(2)
    admin.destroy()
  })

  it('work from the start, also where something else answers at that address', async () => {
    const sockets: Socket[] = []
    const stranger = createServer((socket) => void sockets.push(socket.on('error', () => undefined)))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const { limits, lines } = open({ url: `redis://127.0.0.1:${(stranger.address() as AddressInfo).port}` })
    const asked = performance.now()
    await limits.window('stranger', FIVE).take('key')
    expect(performance.now() - asked).toBeLessThan(HELD_UP_MS)
    expect(lines).toHaveLength(1)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => stranger.close(resolve))
  })
})
