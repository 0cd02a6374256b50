import type { Database } from '@chatflow/database'
import type { Draft, Mention, Person, Scheduled, UserRoom } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { PersonStatus } from '@chatflow/shared/own-settings'
import type { RoomKind, RoomRole } from '@chatflow/shared/roles'
import type * as Y from 'yjs'
import { countOpenReports } from '../open-reports.ts'
import { linkPreviewsOn } from '../previews/preview-setting.ts'
import { NO_THREAD } from '../sequencer/user-batch.ts'
import type { UserRow } from '../sequencer/rows.ts'
import { toPerson } from './log-content.ts'
import { readStatuses } from './statuses.ts'
import { syncArray, syncMap } from './y-sync.ts'

export interface UserContent {
  rev: number
  rooms: Map<Id, UserRoom>
  /** The rev of each room's log; not in the document. */
  logRevs: Map<Id, number>
  cursors: Map<Id, number>
  unread: Map<Id, number>
  /** By room, or by `room/message` for a conversation. */
  drafts: Map<string, Draft>
  scheduled: Map<Id, Scheduled>
  settings: Map<string, unknown>
  mentions: Mention[]
  /** The user, and everyone in a direct conversation with them. */
  people: Map<Id, Person>
  /** What these people say of themselves. */
  statuses: Map<Id, PersonStatus>
  /** Open reports that the person may settle, counted to 100; absent: none. */
  moderation: Map<string, number>
  /** What the server offers: `linkPreviews`. */
  server: Map<string, boolean>
}

interface RoomOfUser {
  id: Id
  kind: RoomKind
  name: string
  role: RoomRole
  log_rev: number
}

/** A user's document as the rows have it. Rooms that the user is not in leave no trace here: no cursor, draft or mention. */
export async function readUser(db: Database, user: Id): Promise<UserContent> {
  return db.tx(async (q) => {
    const state = await q.query<{ rev: number }>('select rev from user_state where user_id = $1', [user])
    const rooms = await q.query<RoomOfUser>(
      'select r.id, r.kind, r.name, r.log_rev, m.role from members m join rooms r on r.id = m.room_id where m.user_id = $1 and not m.hidden order by r.id',
      [user],
    )
    const dms = rooms.rows.filter((room) => room.kind === 'dm').map((room) => room.id)
    const others = await q.query<{ room_id: Id; user_id: Id }>(
      'select room_id, user_id from members where room_id = any($1::uuid[]) and user_id <> $2 order by room_id, user_id',
      [dms, user],
    )
    const cursors = await q.query<{ room_id: Id; seq: number; unread_from: number | null }>('select room_id, seq, unread_from from cursors where user_id = $1', [user])
    const drafts = await q.query<{ room_id: Id; thread: Id; text: string; reply_to: Id | null; at: number }>(
      "select room_id, thread, text, reply_to, at from drafts where user_id = $1 and text <> ''",
      [user],
    )
    const scheduled = await q.query<{ id: Id; room_id: Id; text: string; reply_to: Id | null; send_at: number; failed: string | null }>(
      'select id, room_id, text, reply_to, send_at, failed from scheduled where user_id = $1 order by send_at, id',
      [user],
    )
    const settings = await q.query<{ key: string; value: unknown }>("select key, value from settings where user_id = $1 and value <> 'null'", [user])
    const mentions = await q.query<Mention>(
      'select room_id as room, seq, by_user as by, at from mentions where user_id = $1 order by at desc, room_id, seq desc limit $2',
      [user, LIMITS.mentionsKept],
    )
    const people = await q.query<Pick<UserRow, 'id' | 'username' | 'display_name' | 'avatar'>>(
      'select id, username, display_name, avatar from users where id = any($1::uuid[]) order by id',
      [[...new Set([user, ...others.rows.map((row) => row.user_id)])]],
    )
    const statuses = await readStatuses(q, people.rows.map((row) => row.id))
    const reports = await countOpenReports(q, user)
    const previews = await linkPreviewsOn(q)
    const here = new Set(rooms.rows.map((room) => room.id))
    const partners = Map.groupBy(others.rows, (row) => row.room_id)
    return {
      rev: state.rows[0]?.rev ?? 0,
      rooms: new Map(
        rooms.rows.map(({ id, kind, name, role }) => [
          id,
          { kind, name, role, ...(kind === 'dm' ? { with: (partners.get(id) ?? []).map((row) => row.user_id) } : {}) },
        ]),
      ),
      logRevs: new Map(rooms.rows.map((room) => [room.id, room.log_rev])),
      cursors: new Map(cursors.rows.filter((row) => here.has(row.room_id) && row.seq > 0).map((row) => [row.room_id, row.seq])),
      unread: new Map(cursors.rows.flatMap((row) => (here.has(row.room_id) && row.unread_from !== null ? [[row.room_id, row.unread_from] as const] : []))),
      drafts: new Map(
        drafts.rows
          .filter((row) => here.has(row.room_id))
          .map((row) => [row.thread === NO_THREAD ? row.room_id : `${row.room_id}/${row.thread}`, { text: row.text, ...(row.reply_to === null ? {} : { replyTo: row.reply_to }), at: row.at }]),
      ),
      // Also of rooms that the user is not in any more: what was typed stays with its author (R8).
      scheduled: new Map(
        scheduled.rows.map((row) => [
          row.id,
          { room: row.room_id, text: row.text, ...(row.reply_to === null ? {} : { replyTo: row.reply_to }), sendAt: row.send_at, ...(row.failed === null ? {} : { failed: row.failed }) },
        ]),
      ),
      settings: new Map(settings.rows.map((row) => [row.key, row.value])),
      mentions: mentions.rows.filter((row) => here.has(row.room)).reverse(),
      people: new Map(people.rows.map((row) => [row.id, toPerson(row)])),
      statuses,
      server: new Map(previews ? [['linkPreviews', true]] : []),
      moderation: new Map(reports === 0 ? [] : [['openReports', reports]]),
    }
  })
}

/** Makes the document equal to the rows. */
export function fillUser(doc: Y.Doc, content: UserContent): void {
  doc.transact(() => {
    syncMap(doc.getMap('rooms'), content.rooms)
    syncMap(doc.getMap('cursors'), content.cursors)
    syncMap(doc.getMap('unread'), content.unread)
    syncMap(doc.getMap('drafts'), content.drafts)
    syncMap(doc.getMap('scheduled'), content.scheduled)
    syncMap(doc.getMap('settings'), content.settings)
    syncArray(doc.getArray('mentions'), content.mentions)
    syncMap(doc.getMap('people'), content.people)
    syncMap(doc.getMap('statuses'), content.statuses)
    syncMap(doc.getMap('moderation'), content.moderation)
    syncMap(doc.getMap('server'), content.server)
  })
}
