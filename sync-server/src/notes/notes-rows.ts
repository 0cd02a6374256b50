import type { Database, Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { Id } from '@chatflow/shared/ids'
import { assemble, isReadable, type Part } from './assemble.ts'
import { isVersionDue, keepVersion, newestReadableVersion } from './version-rows.ts'

export interface NotesRow {
  upto: number
  head: number
  loose_bytes: number
  changed_at: number
  versioned_at: number
  versioned_head: number
}

/** What has been written by some people, to be kept as one increment. */
export interface Increment {
  update: Uint8Array
  authors: readonly Id[]
  /** It sets the notes back to this version. */
  restores?: Id | undefined
}

type Log = { error(fields: object, message: string): void }

/** Increments are taken into the state when there are so many of them, or so many bytes: each time costs as much as loading the notes. */
const LOOSE_UPDATES = 1_000
const LOOSE_BYTES = 262_144

/** Keeps an increment for good, and answers its number: numbers of one room's notes have no gap. With it the versions and the state come up to date when that is due. */
export async function appendNotes(db: Database, log: Log, room: Id, { update, authors, restores }: Increment, now: number): Promise<number> {
  return db.tx(async (q) => {
    await q.query('insert into notes (room_id, changed_at, versioned_at) values ($1, $2, $2) on conflict do nothing', [room, now])
    const before = await lockNotes(q, room)
    if (before === undefined) throw new Error('notes vanished under their lock')
    let loose = before.loose_bytes
    const keeps = restores === undefined ? isVersionDue(before, now) : before.head > before.versioned_head
    if (keeps) {
      await keepVersion(q, room, before, restores === undefined ? 'time' : 'restore', now, await compactNotes(q, log, room, before.head, now))
      loose = 0
    }
    const head = before.head + 1
    await q.query('insert into notes_updates (room_id, n, update) values ($1, $2, $3)', [room, head, update])
    loose += update.length
    await q.query('update notes set head = $2, changed_at = $3, loose_bytes = $4 where room_id = $1', [room, head, now, loose])
    await q.query(
      'insert into notes_authors (room_id, user_id, at) select $1, id::uuid, $3 from jsonb_array_elements_text($2::jsonb) as x(id) on conflict (room_id, user_id) do update set at = excluded.at',
      [room, JSON.stringify(authors), now],
    )
    if (restores !== undefined) await audit(q, { actor: authors[0], action: 'notes.restored', target: { kind: 'room', id: room }, room, details: { version: restores } }, now)
    const upto = keeps ? before.head : before.upto
    if (head - upto >= LOOSE_UPDATES || loose > Math.max(LOOSE_BYTES, await stateBytes(q, room))) await compactNotes(q, log, room, head, now)
    return head
  })
}

/** The notes as they are stored; undefined where nobody has written any. What cannot be read is set aside first. */
export async function loadNotes(db: Database, log: Log, room: Id, now: number): Promise<{ state: Uint8Array; head: number } | undefined> {
  const found = await db.tx(async (q) => {
    // Shared, so that nobody compacts between the two looks.
    const { rows } = await q.query<{ head: number }>('select head from notes where room_id = $1 for share', [room])
    return rows[0] && { head: rows[0].head, parts: await partsOf(q, room) }
  })
  if (found === undefined) return undefined
  const assembled = assemble(found.parts)
  if (assembled?.bad.length === 0) return { state: assembled.state, head: found.head }
  return db.tx(async (q) => {
    const row = await lockNotes(q, room)
    return row && { state: await compactNotes(q, log, room, row.head, now), head: row.head }
  })
}

/** What came after the increment `known`: a state where that has been compacted, then increments. */
export async function notesSince(db: Database, room: Id, known: number): Promise<{ head: number; parts: Uint8Array[] } | undefined> {
  return db.tx(async (q) => {
    const { rows } = await q.query<{ head: number; upto: number }>('select head, upto from notes where room_id = $1 for share', [room])
    const row = rows[0]
    if (row === undefined) return undefined
    const parts = await partsOf(q, room, known)
    return { head: row.head, parts: parts.filter(({ n }) => n > 0 || row.upto > known).map(({ bytes }) => bytes) }
  })
}

async function lockNotes(q: Queryable, room: Id): Promise<NotesRow | undefined> {
  return (await q.query<NotesRow>('select upto, head, loose_bytes, changed_at, versioned_at, versioned_head from notes where room_id = $1 for update', [room])).rows[0]
}

/**
 * Takes all increments into the state, and answers it. The notes' row must be locked, and `head` its last increment.
 * Text that was deleted leaves with it. Parts that cannot be read are set aside as they are, and the notes go on from the rest, or else from their last version.
 */
async function compactNotes(q: Queryable, log: Log, room: Id, head: number, now: number): Promise<Uint8Array> {
  const parts = await partsOf(q, room)
  const assembled = assemble(parts)
  const state = assembled?.bad.length === 0 ? assembled.state : await recover(q, log, room, parts, now)
  await q.query('update notes set state = $2, upto = $3, loose_bytes = 0 where room_id = $1', [room, state, head])
  await q.query('delete from notes_updates where room_id = $1 and n <= $2', [room, head])
  return state
}

async function recover(q: Queryable, log: Log, room: Id, parts: readonly Part[], now: number): Promise<Uint8Array> {
  log.error({ room, parts: parts.length }, 'notes could not be read: what is stored is set aside in notes_damaged, and they go on from what can be read')
  for (const { n, bytes } of parts) await q.query('insert into notes_damaged (room_id, at, n, bytes) values ($1, $2, $3, $4)', [room, now, n, bytes])
  const hasState = parts.some(({ n }) => n === 0)
  const stateReads = parts.every(({ n, bytes }) => n > 0 || isReadable(bytes))
  const base = hasState && !stateReads ? await newestReadableVersion(q, room) : undefined
  const rest = [...(base ? [{ n: 0, bytes: base }] : []), ...parts.filter(({ n }) => n > 0 || stateReads)]
  // Each by itself could be read and the whole cannot: then as far as it can.
  for (let count = rest.length; count > 0; count -= 1) {
    const salvaged = assemble(rest.slice(0, count))
    if (salvaged !== undefined) return salvaged.state
  }
  return EMPTY
}

/** An update of a document in which nothing is. */
const EMPTY = new Uint8Array([0, 0])

/** The state as number 0, if there is one, and the increments after it and after `known`. */
async function partsOf(q: Queryable, room: Id, known = 0): Promise<Part[]> {
  const { rows } = await q.query<Part>(
    `select 0 as n, state as bytes from notes where room_id = $1 and state is not null
     union all select u.n, u.update from notes_updates u join notes x on x.room_id = u.room_id where u.room_id = $1 and u.n > x.upto and u.n > $2
     order by n`,
    [room, known],
  )
  return rows
}

async function stateBytes(q: Queryable, room: Id): Promise<number> {
  return (await q.query<{ bytes: number }>('select coalesce(octet_length(state), 0) as bytes from notes where room_id = $1', [room])).rows[0]?.bytes ?? 0
}
