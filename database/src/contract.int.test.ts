import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { databaseContract } from './contract.ts'
import { openDatabase } from './database.ts'
import { openInProcessDatabase } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatflow-contract-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

databaseContract('PGlite in this thread', openInProcessDatabase)
databaseContract('PGlite embedded', () => openDatabase({ dataDir: folder }))
