import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { epochOf, migrate, openDatabase } from './database.ts'
import { freshDatabase, testPostgres } from './testing.ts'

it('an operator begins a new epoch with one command', async () => {
  const url = await freshDatabase(await testPostgres())
  const db = await openDatabase({ url })
  const program = fileURLToPath(new URL('./renew-epoch.ts', import.meta.url))
  const run = (env: Record<string, string> = { DATABASE_URL: url }) => promisify(execFile)(process.execPath, [program], { env: { ...process.env, ...env } })
  await expect(run()).rejects.toMatchObject({ code: 1, stderr: 'The database has no epoch yet: migrate it first.\n' })
  await migrate(db, 'test', new URL('./testing/no-migrations/', import.meta.url))
  const before = await epochOf(db)
  const { stdout } = await run()
  const after = await epochOf(db)
  expect(after).not.toBe(before)
  expect(stdout).toContain(after)
  const folder = await mkdtemp(join(tmpdir(), 'chatflow-epoch-'))
  await writeFile(join(folder, 'url'), `${url}\n`)
  await run({ DATABASE_URL: '', DATABASE_URL_FILE: join(folder, 'url') })
  await rm(folder, { recursive: true })
  expect(await epochOf(db)).not.toBe(after)
  await db.close()
})
