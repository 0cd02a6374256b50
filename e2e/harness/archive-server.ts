import { openDatabase } from '@chatflow/database'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLongRoom } from '../support/long-room.ts'
import { preparePeople } from '../support/prepare-people.ts'
import { TestServer } from './server.ts'
import { test as base } from './test.ts'

/** A server on which `person0` and others have talked for weeks, in the public room ARCHIVE; messages bear their numbers. */
export const test = base.extend<object, { server: TestServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'chatflow-e2e-'))
      const db = await openDatabase({ dataDir: folder })
      const people = await preparePeople(db, 3)
      await writeLongRoom(db, { name: ARCHIVE, messages: ARCHIVE_MESSAGES, people: people.map(({ id }) => id), endsAt: Date.now() - 3_600_000 })
      await db.close()
      const server = await TestServer.start({ folder })
      await use(server)
      await server.dispose()
    },
    { scope: 'worker' },
  ],
})

export const ARCHIVE = 'archive'
export const ARCHIVE_MESSAGES = 20_000
