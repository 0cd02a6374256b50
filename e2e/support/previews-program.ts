/**
 * The whole product as `npm start` runs it, but that its previews may ask a web server on this machine, at `PAGES_PORT` and by any name: no setting of the
 * product allows that.
 */
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import { noLimits } from '@chatflow/server-kit/rate-limiter'
import { createStandalone } from '@chatflow/standalone'
import { testGuard } from '@chatflow/sync-server/testing'

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
  outgoingGuard: testGuard([Number(process.env['PAGES_PORT'])]),
})
await standalone.listen({ port, host: 'localhost' })
console.log(`ChatFlow is ready at ${publicUrl}`)
