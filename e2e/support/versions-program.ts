/** The whole product as `npm start` runs it, but that an earlier version of notes is kept with every change, for which one waits ten minutes otherwise. */
import { openDatabase } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import { LIMITS } from '@chatflow/shared/limits'
import { CLIENT_FOLDER, standaloneForTests } from './standalone-for-tests.ts'

Object.assign(LIMITS, { notesVersionEveryMs: 1 })
const port = Number(process.env['PORT'])
const publicUrl = `http://localhost:${port}`
const db = await openDatabase({ url: undefined, dataDir: process.env['DATA_DIR'] ?? '', onLog: () => undefined })
const standalone = await standaloneForTests({ db, publicUrl, clientFolder: CLIENT_FOLDER, log: createLogger('error') })
await standalone.listen({ port, host: 'localhost' })
console.log(`ChatFlow is ready at ${publicUrl}`)
