import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'

/** What one awareness client says of its person. */
export interface SharedState {
  document: string
  client: number
  room: Id
  user: Id
  /** Without the person. */
  state: object
}

/** With the person's names as they are now. */
export type FoundState = SharedState & { username: string; displayName: string }

/** The database's clock, ms. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** What is not written again ends by itself, ms: as soon as the presence of an instance that is gone. What is the same is written again halfway. */
const HOLDS_MS = 12_000

/** Awareness that is shared between instances through the database. */
export class AwarenessRows {
  private readonly db: Database
  private readonly instance: Id
  private written = { states: '[]', at: 0 }

  constructor(db: Database, instance: Id) {
    this.db = db
    this.instance = instance
  }

  /** What is said here now, instead of what was before. */
  async write(states: readonly SharedState[]): Promise<void> {
    const said = JSON.stringify(states)
    const now = performance.now()
    if (said === this.written.states && (states.length === 0 || now - this.written.at < HOLDS_MS / 2)) return
    await this.db.query(
      `with said as (select * from jsonb_to_recordset($2::jsonb) as x(document text, client bigint, room uuid, "user" uuid, state jsonb)),
            ended as (delete from shared_awareness a where a.instance = $1 and not exists (select 1 from said s where s.document = a.document and s.client = a.client))
       insert into shared_awareness (instance, document, client, room_id, user_id, state, until)
         select i.id, s.document, s.client, s.room, s."user", s.state, ${NOW} + $3 from said s join socket_instances i on i.id = $1
       on conflict (instance, document, client) do update set user_id = excluded.user_id, state = excluded.state, until = excluded.until`,
      [this.instance, said, HOLDS_MS],
    )
    this.written = { states: said, at: now }
  }

  /** What members say in these documents, connected to other instances. */
  async read(documents: readonly string[]): Promise<FoundState[]> {
    if (documents.length === 0) return []
    const { rows } = await this.db.query<{ document: string; client: number; room_id: Id; user_id: Id; state: object; username: string; display_name: string }>(
      `select a.document, a.client, a.room_id, a.user_id, a.state, u.username, u.display_name from shared_awareness a
         join members m on m.room_id = a.room_id and m.user_id = a.user_id
         join users u on u.id = a.user_id
        where a.document = any($2::text[]) and a.instance <> $1 and a.until > ${NOW}
        order by a.until`,
      [this.instance, documents],
    )
    return rows.map((row) => ({ document: row.document, client: Number(row.client), room: row.room_id, user: row.user_id, state: row.state, username: row.username, displayName: row.display_name }))
  }
}
