/** The whole product as `npm start` runs it, but that an earlier version of notes is kept with every change, for which one waits ten minutes otherwise. */
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import { noLimits } from '@chatflow/server-kit/rate-limiter'
import { LIMITS } from '@chatflow/shared/limits'
import { createStandalone } from '@chatflow/standalone'

Object.assign(LIMITS, { notesVersionEveryMs: 1 })
const port = Number(process.env['PORT'])
const publicUrl = `http://localhost:${port}`
const standalone = await createStandalone({
  db: await openDatabase({ url: undefined, dataDir: process.env['DATA_DIR'] ?? '', onLog: () => undefined }),
  publicUrl,
  rateLimits: false,
  limits: noLimits,
  trustProxy: false,
  smtpUrl: undefined,
  mailFrom: undefined,
  onOutbox: () => undefined,
  clientFolder: fileURLToPath(new URL('../../client/dist', import.meta.url)),
  log: createLogger('error'),
  bcryptCost: 4,
})
await standalone.listen({ port, host: 'localhost' })
console.log(`ChatFlow is ready at ${publicUrl}`)
