import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import type { TestServerOptions } from '../harness/server.ts'

interface Kind {
  name: string
  /** What starts a server on an empty database of this kind, without the client. */
  options(): Promise<TestServerOptions>
}

/** For `describe.each`: the real server on the embedded database and on a real Postgres. */
export const SERVERS: readonly Kind[] = [
  { name: 'the embedded database', options: async () => ({ client: false }) },
  { name: 'Postgres', options: async () => ({ client: false, databaseUrl: await freshDatabase(await testPostgres()) }) },
]
