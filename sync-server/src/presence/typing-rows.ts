import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'

export interface Typist {
  room: Id
  user: Id
}

/** The database's clock, ms. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** Typing that is not written again ends by itself, ms: three beats, so that one may be late. */
const HOLDS_MS = 3_000

/** Who types, shared between instances through the database. */
export class TypingRows {
  private readonly db: Database
  private readonly instance: Id
  private written = 0

  constructor(db: Database, instance: Id) {
    this.db = db
    this.instance = instance
  }

  /** Those who type here now, instead of those before. */
  async write(typists: readonly Typist[]): Promise<void> {
    if (typists.length === 0 && this.written === 0) return
    await this.db.query(
      `with now_typing as (select * from jsonb_to_recordset($2::jsonb) as x(room uuid, "user" uuid)),
            stopped as (delete from typing t where t.instance = $1 and not exists (select 1 from now_typing n where n.room = t.room_id and n."user" = t.user_id))
       insert into typing (instance, room_id, user_id, until)
         select i.id, n.room, n."user", ${NOW} + $3 from now_typing n join socket_instances i on i.id = $1
       on conflict (instance, room_id, user_id) do update set until = excluded.until`,
      [this.instance, JSON.stringify(typists), HOLDS_MS],
    )
    this.written = typists.length
  }

  /** Members of these rooms who type there, connected to other instances, with their names. */
  async read(rooms: readonly Id[]): Promise<(Typist & { username: string; displayName: string })[]> {
    if (rooms.length === 0) return []
    const { rows } = await this.db.query<{ room_id: Id; user_id: Id; username: string; display_name: string }>(
      `select distinct t.room_id, t.user_id, u.username, u.display_name from typing t
         join members m on m.room_id = t.room_id and m.user_id = t.user_id
         join users u on u.id = t.user_id
        where t.room_id = any($2::uuid[]) and t.instance <> $1 and t.until > ${NOW}`,
      [this.instance, rooms],
    )
    return rows.map((row) => ({ room: row.room_id, user: row.user_id, username: row.username, displayName: row.display_name }))
  }
}
