import { expect, it } from 'vitest'
import { migrate, secretOf } from './database.ts'
import { testDatabases } from './testing.ts'

it.each(testDatabases())('a secret on $name is made once, also for those who ask together, and is another for another name', async ({ open }) => {
  const db = await open()
  await migrate(db, 'test', new URL('./testing/no-migrations/', import.meta.url))
  const asked = await Promise.all(Array.from({ length: 5 }, () => secretOf(db, 'one')))
  expect(new Set(asked).size).toBe(1)
  expect(asked[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(await secretOf(db, 'two')).not.toBe(asked[0])
  await db.close()
})
