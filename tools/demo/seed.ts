/** Fills the demo's data folder on the first run: a team, its rooms and some thousand messages. Later runs only say who can sign in. */
import { createAuth } from '@chatflow/auth-server'
import { type Database, DatabaseError, openDatabase } from '@chatflow/database'
import type { Signed } from '@chatflow/shared/api/account'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import { explainAndExit } from '@chatflow/server-kit/start-problem'
import { createSync } from '@chatflow/sync-server'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEMO_PASSWORD, PEOPLE } from './people.ts'
import { randomFrom } from './random.ts'
import { ROOMS } from './rooms.ts'
import { type People, roomRows } from './rows.ts'
import { writeRows } from './write-rows.ts'

/** Nothing listens here: the servers are only asked for accounts and tables. */
const PUBLIC_URL = 'http://localhost:3000'
const folder = process.env['DATA_DIR'] ?? './data/demo'
const marker = join(folder, 'demo-is-complete')

if (!existsSync(marker)) await seed().catch(explainAndExit)
console.log(`Sign in as one of ${PEOPLE.map((person) => person.username).join(', ')}; the password is ${DEMO_PASSWORD}`)

async function seed(): Promise<void> {
  console.log('Inventing a team that has been talking for four weeks ...')
  mkdirSync(folder, { recursive: true })
  const db = await openDatabase({ dataDir: folder })
  try {
    const people = await register(db)
    const { rows } = await db.query('select 1 from rooms limit 1')
    if (rows.length > 0) throw new DatabaseError('misuse', `The folder ${folder} holds something else than the demo, or half of it. Delete it, or choose another with DATA_DIR.`)
    const random = randomFrom(7)
    const now = Date.now()
    for (const [place, room] of ROOMS.entries()) await writeRows(db, roomRows(room, place, people, now, random))
  } finally {
    await db.close()
  }
  writeFileSync(marker, new Date().toISOString())
}

/** Accounts are made by the auth-server itself, so that their passwords are what it expects. */
async function register(db: Database): Promise<People> {
  const log = createLogger('error')
  const auth = await createAuth({ db, publicUrl: PUBLIC_URL, rateLimits: false, trustProxy: false, log })
  const app = createFastify({ log })
  await app.register(auth.plugin)
  const ids: Record<string, string> = {}
  for (const person of PEOPLE) {
    const form = { ...person, email: `${person.username}@tidewater.example`, password: DEMO_PASSWORD }
    const answer = await app.inject({ method: 'POST', url: '/api/auth/register', headers: { 'sec-fetch-site': 'same-origin' }, payload: form })
    if (answer.statusCode !== 201) throw new DatabaseError('misuse', `The folder ${folder} already holds other accounts. Delete it, or choose another with DATA_DIR.`)
    ids[person.username] = answer.json<Signed>().user.id
  }
  // Makes its tables.
  const sync = await createSync({ db, publicUrl: PUBLIC_URL, keys: auth.keys, rateLimits: false, log })
  await sync.close()
  await app.close()
  await auth.close()
  // They have been here for weeks; nobody reads the mails that greeted them.
  await db.query('update users set email_verified_at = created_at')
  await db.query('delete from mail_outbox')
  await db.query("delete from jobs where type = 'mail'")
  return ids as People
}
