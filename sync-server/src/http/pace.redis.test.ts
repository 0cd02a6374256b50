import { type Database, secretOf } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createRedisLimits } from '@chatflow/server-kit/redis-limits'
import { startRedis, type TestRedis } from '@chatflow/server-kit/testing/start-redis'
import { newId } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.dispose())

describe.each(testDatabases())('two sync-servers on $name and one Redis', ({ open }) => {
  let db: Database
  beforeAll(async () => {
    db = await open()
  })
  afterAll(() => db.close())

  it('[R10] take twenty messages of a user at once together, not twenty each', async () => {
    const log = { info: () => undefined, warn: () => undefined }
    const make = () => createRedisLimits({ url: redis.url, secret: () => secretOf(db, 'rate-limits'), log })
    const opened = [make(), make()] as const
    const one = await httpFixture(db, true, opened[0])
    const two = await httpFixture(db, true, opened[1])
    const bot = await addUser(db, 'bot')
    const room = newId()
    const command = (fields: object) => ({ v: 1, id: newId(), at: Date.now(), ...fields })
    const messages = (count: number) => ({ commands: Array.from({ length: count }, () => command({ type: 'message.send', room, text: 'x' })) })
    await one.post(bot, { commands: [command({ type: 'room.create', room, kind: 'private', name: 'x', members: [] })] })
    expect((await one.post(bot, messages(15))).statusCode).toBe(200)
    const refused = await two.post(bot, messages(12))
    expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect((await two.post(bot, messages(5))).statusCode).toBe(200)
    for (const limits of opened) limits.close()
    await Promise.all([one.close(), two.close()])
  })
})
