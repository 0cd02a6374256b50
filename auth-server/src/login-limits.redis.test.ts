import { type Database, secretOf } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createRedisLimits } from '@chatflow/server-kit/redis-limits'
import { startRedis, type TestRedis } from '@chatflow/server-kit/testing/start-redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authFixture, PASSWORD } from './testing/auth-fixture.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.dispose())

describe.each(testDatabases())('two auth-servers on $name and one Redis', ({ open }) => {
  it('count wrong passwords together, and go on by themselves when Redis is gone', async () => {
    const db: Database = await open()
    const log = { info: () => undefined, warn: () => undefined }
    const make = () => createRedisLimits({ url: redis.url, secret: () => secretOf(db, 'rate-limits'), log })
    const opened = [make(), make()] as const
    const [one, two] = await Promise.all([authFixture(db, { rateLimits: true, limits: opened[0] }), authFixture(db, { rateLimits: true, limits: opened[1] })])
    await one.register('ada')
    for (let i = 0; i < 5; i++) expect((await (i % 2 ? one : two).login('ada', 'wrong')).status).toBe(401)
    expect((await one.login('ada')).body).toMatchObject({ status: 429, code: 'rate_limited' })
    const refused = await two.login('ada')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(14 * 60)
    await redis.stop()
    expect((await one.login('ada', PASSWORD)).status).toBe(200)
    await redis.start()
    for (const limits of opened) limits.close()
    await Promise.all([one.close(), two.close()])
    await db.close()
  })
})
