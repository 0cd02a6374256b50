/**
 * The whole product as `npm start` runs it, but that addresses which people give may lead to web servers on this machine, at `OPEN_PORTS` (with commas between) and by any name: no setting of the
 * product allows that. Their certificates are trusted by `NODE_EXTRA_CA_CERTS`. With `SECURE_PORT` addresses that name no port lead there.
 * With `NEW_PUSH_KEY` it has another key for push messages than before, as after the loss of its data.
 */
import { Agent } from 'node:https'
import { openDatabase } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import { testGuard } from '@chatflow/sync-server/testing'
import { CLIENT_FOLDER, standaloneForTests } from './standalone-for-tests.ts'

const port = Number(process.env['PORT'])
const securePort = process.env['SECURE_PORT']
if (securePort !== undefined) {
  // A test cannot listen at 443, and the guard of the product connects to no other port than the address says.
  const connect = Agent.prototype.createConnection
  Agent.prototype.createConnection = function (options, ...rest) {
    return connect.call(this, { ...options, ...(Number(options.port) === 443 && { port: Number(securePort) }) }, ...rest)
  }
}
const db = await openDatabase({ url: process.env['DATABASE_URL'] || undefined, dataDir: process.env['DATA_DIR'] ?? '', onLog: () => undefined })
if (process.env['NEW_PUSH_KEY'] !== undefined) await db.query("delete from instance_meta where key = 'push-key'")
const standalone = await standaloneForTests({
  db,
  publicUrl: process.env['PUBLIC_URL'] || `http://localhost:${port}`,
  clientFolder: process.argv.includes('--no-client') ? undefined : CLIENT_FOLDER,
  log: createLogger('error'),
  outgoingGuard: testGuard((process.env['OPEN_PORTS'] ?? '').split(',').map(Number)),
})
await standalone.listen({ port, host: 'localhost' })
console.log(`ChatFlow is ready at http://localhost:${port}`)
process.once('SIGTERM', () => void standalone.close().then(() => db.close()).then(() => process.exit(0)))
