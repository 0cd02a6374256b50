import { openInProcessDatabase } from '@chatflow/database/testing'
import type { Database } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import type { StandaloneOptions } from '@chatflow/standalone'
import type { AddressInfo } from 'node:net'
import { standaloneForTests } from '../support/standalone-for-tests.ts'
import { type Ask, askerOf } from './ask.ts'
import { readDescription, type Description } from './description.ts'

const PUBLIC_URL = 'http://localhost:3000'

/** The whole server in this process, asked over its port. */
export interface Served {
  db: Database
  description: Description
  /** Every route that was added, as `METHOD /path/:param`, whether described or not. */
  routes: readonly string[]
  ask: Ask
  /** Closes the server and the database. */
  close(): Promise<void>
}

/** Both servers on an empty database. `bcryptCost`: 4, so that hundreds of people can sign in, unless the time of it matters. */
export async function serve(db: Database, changes: Pick<StandaloneOptions, 'bcryptCost'> = {}): Promise<Served> {
  const routes: string[] = []
  const log = createLogger('silent')
  const onRoute = (method: string, url: string): void => void routes.push(`${method} ${url}`)
  const standalone = await standaloneForTests({ db, publicUrl: PUBLIC_URL, clientFolder: undefined, log, onRoute, ...changes })
  await standalone.listen({ port: 0, host: '127.0.0.1' })
  const asker = askerOf((standalone.app.server.address() as AddressInfo).port, new URL(PUBLIC_URL).host)
  const { ask } = asker
  const description = readDescription((await ask({ url: '/api/openapi.json' })).json<object>())
  return {
    db,
    description,
    routes,
    ask,
    async close() {
      asker.close()
      await standalone.close()
      await db.close()
    },
  }
}

/** What `/api/openapi.json` says at present, from a server that lives no longer than the question. */
export async function currentDescription(): Promise<Description> {
  const served = await serve(await openInProcessDatabase())
  const { description } = served
  await served.close()
  return description
}
