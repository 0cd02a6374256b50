import type { Database, Queryable } from '@chatflow/database'
import { docName } from '@chatflow/shared/doc-names'
import type { MessagesAfterDeletion } from '@chatflow/shared/api/account'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { changeRoom } from '../sequencer/change-room.ts'
import type { Effects } from '../sequencer/effects.ts'
import { eraseSome } from './erase-everything.ts'
import { leaveRoom } from './leave-room.ts'
import { partnersOf, raiseRoom, raiseUsers } from './person-changed.ts'
import { roomsShowing } from './rooms-showing.ts'

/** What nobody but the user sees, and that the user has written in notes: their text is common to the room and stays, without the name. `commands` stays: ids and answers without bodies, so that a repeat has no second effect. */
const OWN_TABLES = ['drafts', 'settings', 'cursors', 'mentions', 'presence', 'last_seen', 'scheduled', 'notes_authors', 'notes_version_authors', 'push_subscriptions'] as const

/** A job is taken to be abandoned after two minutes: well before, what is left becomes a job of its own, ms. */
const WORK_FOR_MS = 30_000

export interface DeletionOptions {
  db: Database
  /** Documents follow each commit. */
  follow(effects: Effects): void
  now(): number
  workForMs?: number
  /** True once the process is to end: what is left waits for another. */
  stopping?(): boolean
}

/**
 * Takes an account that is gone out of rooms and documents: memberships, what only it saw, its name wherever a document or a stored state has it, and with `remove` all that it wrote.
 * Every step looks at the rows first, so it may be repeated, and broken off anywhere. Answers false if there is more to do.
 */
export async function personDeleted({ db, follow, now, workForMs = WORK_FOR_MS, stopping = () => false }: DeletionOptions, user: Id, messages: MessagesAfterDeletion): Promise<boolean> {
  const rooms = await roomsShowing(db, user)
  for (const room of rooms) follow(await changeRoom(db, room, now(), (q, state) => leaveRoom(q, state, user)))
  await db.tx((q) => forgetOwn(q, user))
  for (const room of rooms) await db.tx((q) => forgetName(q, room, user))
  await db.tx(async (q) => {
    const partners = (await partnersOf(q, user)).filter((id) => id !== user)
    await raiseUsers(q, partners)
    await q.query('delete from documents where name = any($1::text[])', [[...partners, user].map(docName.user)])
    await q.query('delete from user_state where user_id = $1', [user])
  })
  if (messages === 'keep') return true
  const until = now() + workForMs
  for (;;) {
    const effects = await eraseSome(db, user, now())
    if (effects === undefined) return true
    follow(effects)
    if (now() >= until || stopping()) return false
  }
}

async function forgetOwn(q: Queryable, user: Id): Promise<void> {
  for (const table of OWN_TABLES) await q.query(`delete from ${table} where user_id = $1`, [user])
}

/** Loaded documents follow their rows; a stored state that nobody has loaded would keep the name. */
async function forgetName(q: Queryable, room: Id, user: Id): Promise<void> {
  await raiseRoom(q, room)
  await q.query('delete from documents where name = $1', [docName.room(room)])
  await q.query(
    `delete from documents where name in (
       select $1::text || '/log/' || ((seq - 1) / $4::bigint)::text from messages where by_user = $3 and room_id = $2 group by 1)`,
    [docName.room(room), room, user, LIMITS.segmentSize],
  )
}
