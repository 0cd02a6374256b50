import type { Database } from '@chatflow/database'
import type { Member } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { PersonStatus } from '@chatflow/shared/own-settings'
import type * as Y from 'yjs'
import type { MemberRow, RoomRow, UserRow } from '../sequencer/rows.ts'
import { toPerson } from './log-content.ts'
import { readStatuses } from './statuses.ts'
import { syncMap } from './y-sync.ts'

export interface RoomContent {
  rev: number
  info: Map<string, unknown>
  members: Map<string, Member>
  reads: Map<string, number>
  pins: Map<string, number>
  statuses: Map<string, PersonStatus>
}

/** The room's own document as the rows have it; undefined when the room does not exist. */
export async function readRoom(db: Database, room: Id): Promise<RoomContent | undefined> {
  return db.tx(async (q) => {
    const row = (await q.query<RoomRow>('select * from rooms where id = $1', [room])).rows[0]
    if (row === undefined) return undefined
    const members = await q.query<MemberRow & UserRow>(
      `select m.user_id, m.role, u.username, u.display_name, u.avatar
         from members m join users u on u.id = m.user_id
        where m.room_id = $1
        order by array_position(array['owner', 'moderator', 'member', 'reader'], m.role), m.joined_at, m.user_id
        limit $2`,
      [room, LIMITS.membersInDocument],
    )
    const receipts = row.kind === 'dm' || row.member_count <= LIMITS.receiptsUpToMembers
    const reads = receipts
      ? await q.query<{ user_id: Id; seq: number }>(
          `select c.user_id, c.seq from cursors c join members m on m.room_id = c.room_id and m.user_id = c.user_id left join user_state s on s.user_id = c.user_id
            where c.room_id = $1 and c.seq > 0 and s.hides_receipts is not true order by c.user_id`,
          [room],
        )
      : { rows: [] }
    const statuses = await readStatuses(q, members.rows.map((member) => member.user_id))
    const pins = await q.query<{ id: Id; seq: number }>('select id, seq from messages where room_id = $1 and pinned order by seq', [room])
    return {
      rev: row.rev,
      info: new Map<string, unknown>([
        ['kind', row.kind],
        ['name', row.name],
        ['topic', row.topic],
        ['createdAt', row.created_at],
        ['head', row.head],
        ['floor', row.floor],
        ...(row.erased_rev === 0 ? [] : [['erased', row.erased_rev] as const]),
        ...(row.member_count > LIMITS.membersInDocument ? [['memberCount', row.member_count] as const] : []),
        ...(row.archived_at === null ? [] : [['archived', true] as const]),
      ]),
      members: new Map(members.rows.map((member) => [member.user_id, { role: member.role, ...toPerson(member) }])),
      reads: new Map(reads.rows.map((read) => [read.user_id, read.seq])),
      pins: new Map(pins.rows.map((pin) => [pin.id, pin.seq])),
      statuses,
    }
  })
}

/** Makes the document equal to the rows. */
export function fillRoom(doc: Y.Doc, content: RoomContent): void {
  doc.transact(() => {
    syncMap(doc.getMap('room'), content.info)
    syncMap(doc.getMap('members'), content.members)
    syncMap(doc.getMap('reads'), content.reads)
    syncMap(doc.getMap('pins'), content.pins)
    syncMap(doc.getMap('statuses'), content.statuses)
  })
}
