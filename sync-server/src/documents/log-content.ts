import type { Database } from '@chatflow/database'
import { segmentRange } from '@chatflow/shared/doc-names'
import { type Entry, type Person, reactionKey } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type * as Y from 'yjs'
import { type MessageRow, peopleOf, type ReactionRow, toEntry, type UserRow } from '../sequencer/rows.ts'
import { same, syncMap } from './y-sync.ts'

/** A segment as the rows have it. `rev`: everything up to this rev of the room is contained. */
export interface LogContent {
  rev: number
  messages: MessageRow[]
  reactions: ReactionRow[]
  people: UserRow[]
}

/** Reads a segment. The rev is read first, so it may be too low for the rows that follow, never too high. */
export async function readLog(db: Database, room: Id, segment: number): Promise<LogContent> {
  const { first, last } = segmentRange(segment)
  return db.tx(async (q) => {
    const rooms = await q.query<{ rev: number }>('select rev from rooms where id = $1', [room])
    const messages = await q.query<MessageRow>('select * from messages where room_id = $1 and seq between $2 and $3 order by seq', [room, first, last])
    const reactions = await q.query<ReactionRow>(
      'select seq, emoji, user_id, rev, active from reactions where room_id = $1 and seq between $2 and $3 and active order by rev',
      [room, first, last],
    )
    const people = await q.query<UserRow>('select id, username, display_name, avatar, role, disabled_at from users where id = any($1::uuid[])', [
      [...peopleOf(messages.rows)],
    ])
    return { rev: rooms.rows[0]?.rev ?? 0, messages: messages.rows, reactions: reactions.rows, people: people.rows }
  })
}

/** Makes the document equal to the rows of its whole segment. */
export function fillLog(doc: Y.Doc, content: LogContent): void {
  doc.transact(() => {
    syncMap(doc.getMap('log'), new Map(content.messages.map((row) => [String(row.seq), toEntry(row)])))
    syncMap(doc.getMap('reactions'), new Map(content.reactions.map((row) => [reactionKey(row.seq, row.emoji, row.user_id), row.rev])))
    const people = doc.getMap('people')
    for (const row of content.people) if (!same(people.get(row.id), toPerson(row))) people.set(row.id, toPerson(row))
  })
}

/** Writes changed rows of the segment into its document: one Yjs transaction, so one broadcast. */
export function appendToLog(doc: Y.Doc, changes: Pick<LogContent, 'messages' | 'reactions' | 'people'>): void {
  doc.transact(() => {
    const log = doc.getMap('log')
    const reactions = doc.getMap('reactions')
    const people = doc.getMap('people')
    for (const row of changes.people) if (!same(people.get(row.id), toPerson(row))) people.set(row.id, toPerson(row))
    for (const row of changes.messages) {
      const present = log.get(String(row.seq)) as Entry | undefined
      // Rows read before a later commit reached the document must not undo it.
      if (present !== undefined && present.rev > row.rev) continue
      const entry = toEntry(row)
      if (!same(present, entry)) log.set(String(row.seq), entry)
    }
    for (const row of changes.reactions) {
      const key = reactionKey(row.seq, row.emoji, row.user_id)
      const present = reactions.get(key) as number | undefined
      if (present !== undefined && present > row.rev) continue
      if (!row.active) {
        if (present !== undefined) reactions.delete(key)
      } else if (present !== row.rev) reactions.set(key, row.rev)
    }
  })
}

export function toPerson(row: Pick<UserRow, 'username' | 'display_name' | 'avatar'>): Person {
  return { username: row.username ?? '', displayName: row.display_name, ...(row.avatar === null ? {} : { avatar: row.avatar }) }
}
