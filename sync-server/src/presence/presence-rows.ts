import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Status } from '@chatflow/shared/presence'

/** What another instance has said of a person. */
export interface Heard {
  instance: Id
  user: Id
  status: Status
}

/** The database's clock, ms. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** A change may be written so long before it is there to be read, ms. */
const OVERLAP_MS = 5_000
/** That somebody has gone is kept for so long, so that every instance has read it, ms. */
const SWEEP_AFTER_MS = 60_000

/** Who is here, shared between instances through the database: what each one changes, and what the others have changed. */
export class PresenceRows {
  private readonly db: Database
  private readonly instance: Id
  private sweptAt = 0
  /** Instances whose rows have been read in full. */
  private known = new Set<Id>()
  /** By the database's clock. */
  private readTo = 0

  constructor(db: Database, instance: Id) {
    this.db = db
    this.instance = instance
  }

  /** Other instances lived when it was read last. */
  get accompanied(): boolean {
    return this.known.size > 0
  }

  /** Writes what has changed here. */
  async write(changes: ReadonlyMap<Id, Status>): Promise<void> {
    if (changes.size === 0) return
    await this.db.query(
      `insert into presence (instance, user_id, status, at) select $1, key::uuid, value, ${NOW} from jsonb_each_text($2::jsonb)
       on conflict (instance, user_id) do update set status = excluded.status, at = excluded.at`,
      [this.instance, JSON.stringify(Object.fromEntries(changes))],
    )
  }

  /** What other instances have changed since the last time, and which of those that were there have gone. */
  async read(): Promise<{ heard: Heard[]; gone: Set<Id> }> {
    const { rows } = await this.db.query<{ instance: Id; user_id: Id | null; status: Status; now: number }>(
      `select i.id as instance, p.user_id, p.status, ${NOW} as now from socket_instances i
         left join presence p on p.instance = i.id and (p.at > $2 or not i.id = any($3::uuid[]))
        where i.id <> $1 and i.seen_at > ${NOW} - $4`,
      [this.instance, this.readTo - OVERLAP_MS, [...this.known], LIMITS.socketLeaseMs],
    )
    const living = new Set(rows.map((row) => row.instance))
    const gone = this.known.difference(living)
    this.known = living
    // Alone, there is nothing to have been missed.
    this.readTo = rows[0]?.now ?? 0
    await this.sweep(this.readTo)
    return { heard: rows.flatMap(({ instance, user_id: user, status }) => (user === null ? [] : [{ instance, user, status }])), gone }
  }

  /** Except of those who do not show it, and whose account is gone. */
  async saveLastSeen(seen: ReadonlyMap<Id, number>): Promise<void> {
    if (seen.size === 0) return
    await this.db.query(
      `insert into last_seen (user_id, at) select x.key::uuid, x.value::bigint from jsonb_each_text($1::jsonb) x
        where exists (select 1 from users u where u.id = x.key::uuid and u.deleted_at is null)
          and not exists (select 1 from user_state s where s.user_id = x.key::uuid and s.hides_presence)
        order by 1
       on conflict (user_id) do update set at = greatest(last_seen.at, excluded.at)`,
      [JSON.stringify(Object.fromEntries(seen))],
    )
  }

  /** When these people were last here, as far as they show it; ms. */
  async lastSeen(users: readonly Id[]): Promise<Map<Id, number>> {
    if (users.length === 0) return new Map()
    const { rows } = await this.db.query<{ user_id: Id; at: number }>(
      'select l.user_id, l.at from last_seen l left join user_state s on s.user_id = l.user_id where l.user_id = any($1::uuid[]) and s.hides_presence is not true',
      [users],
    )
    return new Map(rows.map((row) => [row.user_id, row.at]))
  }

  private async sweep(now: number): Promise<void> {
    if (now - this.sweptAt < SWEEP_AFTER_MS) return
    await this.db.query("delete from presence where status = 'offline' and at < $1", [now - SWEEP_AFTER_MS])
    this.sweptAt = now
  }
}
