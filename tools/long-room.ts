/** Adds a room with a long history to the demo's data: `npm run demo` once, stop it, `npm run long-room -- 1000000`, `npm run demo`. */
import { DatabaseError, openDatabase } from '@chatflow/database'
import { writeLongRoom } from '@chatflow/e2e/long-room'
import type { Id } from '@chatflow/shared/ids'

const messages = Number(process.argv[2] ?? 100_000)
const name = process.argv[3] ?? `archive-${messages}`
if (!Number.isInteger(messages) || messages < 1) fail('How many messages? For example: npm run long-room -- 100000')

try {
  const db = await openDatabase({ dataDir: process.env['DATA_DIR'] ?? './data/demo' })
  const { rows } = await db.query<{ id: Id }>('select id from users where deleted_at is null order by created_at limit 12')
  if (rows.length === 0) fail('There is nobody in this folder yet: npm run demo, and stop it when it is ready.')
  const begun = performance.now()
  await writeLongRoom(db, { name, messages, people: rows.map(({ id }) => id), endsAt: Date.now() })
  await db.close()
  console.log(`${name}: ${messages} messages in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
} catch (error) {
  fail(error instanceof DatabaseError ? error.message : String(error))
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
