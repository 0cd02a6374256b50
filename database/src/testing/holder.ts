import { openDatabase } from '../database.ts'

/** A process that keeps the embedded database of its first argument open and goes on inserting, telling each number once it is committed. */
const db = await openDatabase({ dataDir: process.argv[2] })
await db.query('CREATE TABLE IF NOT EXISTS beat (n int PRIMARY KEY)')
process.stdout.write('open\n')
for (let n = 1; ; n++) {
  await db.query('INSERT INTO beat VALUES ($1)', [n])
  process.stdout.write(`${n}\n`)
}
