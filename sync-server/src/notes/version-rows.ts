import type { Database, Queryable } from '@chatflow/database'
import type { NotesVersion, NotesVersionsPage } from '@chatflow/shared/api/notes'
import { newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { toPerson } from '../documents/log-content.ts'
import type { UserRow } from '../sequencer/rows.ts'
import { isReadable } from './assemble.ts'
import type { NotesRow } from './notes-rows.ts'
import { type KeptVersion, thinVersions } from './thin-versions.ts'

/** True where the last version is old enough for another, of the notes as they are before the next change: so what a burst of changes began from can always be had again. */
export function isVersionDue(notes: NotesRow, now: number): boolean {
  return notes.head > notes.versioned_head && now - notes.versioned_at >= LIMITS.notesVersionEveryMs
}

/** Keeps a version of the notes, whose row must be locked; `state` is what they are. */
export async function keepVersion(q: Queryable, room: Id, notes: NotesRow, reason: 'time' | 'restore', now: number, state: Uint8Array): Promise<void> {
  const id = newId()
  const authors = await q.query<{ user_id: Id }>(
    'select user_id from notes_authors where room_id = $1 and at > coalesce((select max(at) from notes_versions where room_id = $1), -1) order by user_id',
    [room],
  )
  await q.query('insert into notes_versions (id, room_id, at, reason, state) values ($1, $2, $3, $4, $5)', [id, room, notes.changed_at, reason, state])
  await q.query('insert into notes_version_authors (version, user_id) select $1, id::uuid from jsonb_array_elements_text($2::jsonb) as x(id)', [
    id,
    JSON.stringify(authors.rows.map((row) => row.user_id)),
  ])
  await q.query('update notes set versioned_at = $2, versioned_head = head where room_id = $1', [room, now])
  const { rows } = await q.query<KeptVersion>('select id, at, octet_length(state) as bytes from notes_versions where room_id = $1 order by at desc, id desc', [room])
  const gone = thinVersions(rows, { most: LIMITS.notesVersions, mostBytes: LIMITS.notesVersionsBytes })
  if (gone.length > 0) await q.query('delete from notes_versions where id = any($1::uuid[])', [gone])
}

/** The state of the last version that can be read. */
export async function newestReadableVersion(q: Queryable, room: Id): Promise<Uint8Array | undefined> {
  const { rows } = await q.query<{ id: Id }>('select id from notes_versions where room_id = $1 order by at desc, id desc', [room])
  for (const { id } of rows) {
    const state = await versionState(q, room, id)
    if (state !== undefined && isReadable(state)) return state
  }
  return undefined
}

export async function versionState(q: Queryable, room: Id, version: Id): Promise<Uint8Array | undefined> {
  return (await q.query<{ state: Uint8Array }>('select state from notes_versions where room_id = $1 and id = $2', [room, version])).rows[0]?.state
}

interface VersionRow {
  id: Id
  at: number
  reason: 'time' | 'restore'
}

/** Earlier versions of a room's notes, newest first, and who wrote last. `before`: the last version of the page before. */
export async function versionsPage(db: Database, room: Id, { before, limit }: { before?: Id | undefined; limit: number }): Promise<NotesVersionsPage> {
  const { rows } = await db.query<VersionRow>(
    `select id, at, reason from notes_versions
      where room_id = $1 and ($2::uuid is null or (at, id) < (select at, id from notes_versions where room_id = $1 and id = $2))
      order by at desc, id desc limit $3`,
    [room, before ?? null, limit + 1],
  )
  const page = rows.slice(0, limit)
  const last = await lastEdit(db, room)
  return { versions: await withAuthors(db, page), more: rows.length > limit, ...(last && { last }) }
}

/** One version with its state; undefined if there is none. */
export async function versionOf(db: Database, room: Id, version: Id): Promise<(NotesVersion & { state: Uint8Array }) | undefined> {
  const { rows } = await db.query<VersionRow & { state: Uint8Array }>('select id, at, reason, state from notes_versions where room_id = $1 and id = $2', [room, version])
  const row = rows[0]
  if (row === undefined) return undefined
  const [described] = await withAuthors(db, [row])
  return described && { ...described, state: row.state }
}

type Author = Pick<UserRow, 'id' | 'username' | 'display_name' | 'avatar'>

async function withAuthors(db: Database, versions: readonly VersionRow[]): Promise<NotesVersion[]> {
  const { rows } = await db.query<Author & { version: Id }>(
    `select a.version, u.id, u.username, u.display_name, u.avatar from notes_version_authors a join users u on u.id = a.user_id
      where a.version = any($1::uuid[]) order by lower(u.display_name), u.id`,
    [versions.map(({ id }) => id)],
  )
  const authors = Map.groupBy(rows, (row) => row.version)
  return versions.map(({ id, at, reason }) => ({ id, at, reason, authors: (authors.get(id) ?? []).map((row) => ({ id: row.id, ...toPerson(row) })) }))
}

async function lastEdit(db: Database, room: Id): Promise<NotesVersionsPage['last']> {
  const { rows } = await db.query<Author & { at: number }>(
    `select n.changed_at as at, u.id, u.username, u.display_name, u.avatar from notes n
       left join notes_authors a on a.room_id = n.room_id and a.at = n.changed_at left join users u on u.id = a.user_id
      where n.room_id = $1 order by u.id limit 1`,
    [room],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return { at: row.at, ...(row.id === null ? {} : { by: { id: row.id, ...toPerson(row) } }) }
}
