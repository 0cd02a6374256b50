import type { Database } from '@chatflow/database'
import type { BootstrapRoom, DirectoryRoom, DirectoryRooms, DirectoryUser, MembersPage, MessagesPage, SeqAt } from '@chatflow/shared/api/chat'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { RoomOf } from '@chatflow/server-kit/guard'
import type { RoomKind, RoomRole } from '@chatflow/shared/roles'
import { toPerson } from '../documents/log-content.ts'
import { type MessageRow, toEntry, type UserRow } from '../sequencer/rows.ts'

/** The caller's rooms. `unread`: visible messages of others after the cursor (or from the unread mark on), counted to 100. */
export async function bootstrapRooms(db: Database, user: Id): Promise<BootstrapRoom[]> {
  const found = await db.query<BootstrapRoom>(
    `select r.id as room, r.kind, r.name, m.role, r.head, r.log_rev as rev, coalesce(c.seq, 0) as cursor,
            (select count(*) from (
               select 1 from messages x
                where x.room_id = r.id and x.seq > least(coalesce(c.seq, 0), coalesce(c.unread_from - 1, c.seq, 0))
                  and x.by_user <> $1 and not x.deleted and x.event is null
                limit $2) counted) as unread
       from members m
       join rooms r on r.id = m.room_id
       left join cursors c on c.room_id = r.id and c.user_id = $1
      where m.user_id = $1 and not m.hidden
      order by r.id`,
    [user, LIMITS.unreadCountedTo],
  )
  return found.rows
}

export interface PageRequest {
  before?: number | undefined
  after?: number | undefined
  around?: number | undefined
  limit: number
}

/** A page of a room's entries in ascending `seq`; without a place: the newest. */
export async function messagesPage(db: Database, room: Id, page: PageRequest): Promise<MessagesPage> {
  const take = async (condition: string, bound: number, order: 'asc' | 'desc', limit: number): Promise<MessageRow[]> => {
    const rows = await db.query<MessageRow>(`select * from messages where room_id = $1 and seq ${condition} $2 order by seq ${order} limit $3`, [room, bound, limit])
    return order === 'asc' ? rows.rows : rows.rows.reverse()
  }
  let rows: MessageRow[]
  if (page.around !== undefined) {
    // The entry asked for counts to the second half, so that a page of one is that entry.
    const half = Math.floor(page.limit / 2)
    rows = [...(await take('<', page.around, 'desc', half)), ...(await take('>=', page.around, 'asc', page.limit - half))]
  } else if (page.after !== undefined) rows = await take('>', page.after, 'asc', page.limit)
  else rows = await take('<', page.before ?? Number.MAX_SAFE_INTEGER, 'desc', page.limit)
  const { rows: heads } = await db.query<{ head: number }>('select head from rooms where id = $1', [room])
  return { entries: rows.map(toEntry), head: heads[0]?.head ?? 0 }
}

/** First `seq` that was committed at or after `time` (ms), or one after the head. Times never decrease with `seq`, so twenty looks find it among a million. */
export async function seqAt(db: Database, room: Id, time: number): Promise<SeqAt> {
  const { rows } = await db.query<SeqAt>(
    `with recursive search (low, high, head) as (
       select floor + 1, head + 1, head from rooms where id = $1
       union all
       select case when m.received_at < $2 then m.seq + 1 else s.low end, case when m.received_at < $2 then s.high else m.seq end, s.head
         from search s join messages m on m.room_id = $1 and m.seq = (s.low + s.high) / 2
        where s.low < s.high
     )
     select low as seq, head from search order by high - low limit 1`,
    [room, time],
  )
  return rows[0] ?? { seq: 1, head: 0 }
}

/** Where a page begins and how long it is. */
export interface Slice {
  offset: number
  limit: number
}

/** Members of a room by role, then by time of joining; with a query, those whose username or display name holds it. */
export async function membersPage(db: Database, room: Id, query: string, { offset, limit }: Slice): Promise<MembersPage> {
  const wanted = `%${like(query)}%`
  const found = await db.query<UserRow & { member_role: RoomRole }>(
    `select u.id, u.username, u.display_name, u.avatar, m.role as member_role
       from members m join users u on u.id = m.user_id
      where m.room_id = $1 and ($4 = '%%' or lower(u.username) like $4 or lower(u.display_name) like $4)
      order by array_position(array['owner', 'moderator', 'member', 'reader'], m.role), m.joined_at, m.user_id
      offset $2 limit $3`,
    [room, offset, limit, wanted],
  )
  const { rows: counts } =
    wanted === '%%'
      ? await db.query<{ total: number }>('select member_count as total from rooms where id = $1', [room])
      : await db.query<{ total: number }>(
          'select count(*)::int as total from members m join users u on u.id = m.user_id where m.room_id = $1 and (lower(u.username) like $2 or lower(u.display_name) like $2)',
          [room, wanted],
        )
  return { members: found.rows.map((row) => ({ id: row.id, role: row.member_role, ...toPerson(row) })), total: counts[0]?.total ?? 0 }
}

/** A room and what the person is in it; undefined if there is none. */
export async function roomOf(db: Database, user: Id, room: Id): Promise<RoomOf | undefined> {
  const found = await db.query<{ kind: RoomKind; archived_at: number | null; role: RoomRole | null }>(
    'select r.kind, r.archived_at, m.role from rooms r left join members m on m.room_id = r.id and m.user_id = $2 where r.id = $1',
    [room, user],
  )
  const row = found.rows[0]
  return row && { room: { kind: row.kind, archived: row.archived_at !== null }, role: row.role ?? undefined }
}

/** People whose username or display name begins with or contains the query; those beginning with it first. */
export async function findUsers(db: Database, query: string, limit: number): Promise<DirectoryUser[]> {
  const found = await db.query<Pick<UserRow, 'id' | 'username' | 'display_name' | 'avatar'>>(
    `select id, username, display_name, avatar from users
      where disabled_at is null and (lower(username) like $1 or lower(display_name) like $1)
      order by (lower(username) like $2 or lower(display_name) like $2) desc, lower(display_name), id
      limit $3`,
    [`%${like(query)}%`, `${like(query)}%`, limit],
  )
  return found.rows.map((row) => ({ id: row.id, ...toPerson(row) }))
}

/** A page of public rooms by name or topic, the most populated first; `joined`: by `user`. */
export async function findRooms(db: Database, user: Id, query: string, { offset, limit }: Slice): Promise<DirectoryRooms> {
  const found = await db.query<DirectoryRoom>(
    `select r.id as room, r.name, r.topic, r.member_count as members, m.user_id is not null as joined
       from rooms r left join members m on m.room_id = r.id and m.user_id = $1
      where r.kind = 'public' and r.archived_at is null and (lower(r.name) like $2 or lower(r.topic) like $2)
      order by r.member_count desc, lower(r.name), r.id
      offset $3 limit $4`,
    // One more than asked for says whether there are more.
    [user, `%${like(query)}%`, offset, limit + 1],
  )
  return { rooms: found.rows.slice(0, limit), more: found.rows.length > limit }
}

/** A query as a literal part of a LIKE pattern. */
export function like(query: string): string {
  return query.trim().toLowerCase().replace(/[\\%_]/g, '\\$&')
}
