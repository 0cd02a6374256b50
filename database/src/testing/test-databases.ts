import { openDatabase } from '../database.ts'
import type { Database } from '../types.ts'
import { openInProcessDatabase } from './in-process.ts'
import { freshDatabase, startPostgres } from './start-postgres.ts'

/** Where the global setup of vitest leaves the address of the Postgres of this run. */
export const TEST_POSTGRES = 'CHATFLOW_TEST_POSTGRES_URL'

export interface TestDatabase {
  name: Database['kind']
  /** An empty database of this kind, not migrated. The test closes it. */
  open(): Promise<Database>
}

/** For `describe.each(testDatabases())('... on $name', ({ open }) => ...)`: the same tests on PGlite and on a real Postgres. */
export function testDatabases(): TestDatabase[] {
  return [
    { name: 'pglite', open: openInProcessDatabase },
    { name: 'postgres', open: async () => openDatabase({ url: await freshDatabase(await testPostgres()) }) },
  ]
}

let started: Promise<string> | undefined

/** Address of the Postgres of this run of tests; one is started for this process if there is none. */
export function testPostgres(): Promise<string> {
  const given = process.env[TEST_POSTGRES]
  if (given) return Promise.resolve(given)
  started ??= startPostgres().then(({ url }) => url)
  return started
}
