import { startPostgres, type TestPostgres } from './testing/start-postgres.ts'
import { TEST_POSTGRES } from './testing/test-databases.ts'

let server: TestPostgres | undefined

/** Global setup of vitest: one Postgres for all files of a run; the tests find it through the environment. */
export async function setup(): Promise<void> {
  if (process.env[TEST_POSTGRES]) return
  server = await startPostgres()
  process.env[TEST_POSTGRES] = server.url
}

export async function teardown(): Promise<void> {
  await server?.stop()
}
