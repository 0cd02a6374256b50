import type { Database } from '@chatflow/database'
import { newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'

export interface SocketPlacesOptions {
  db: Database
  /** A socket has lost its place, while the database was away for long, to another one and there is no free one: it has to go. */
  onLost: (socket: Id) => void
  log: { warn(fields: object, message: string): void }
}

interface Holder {
  user: Id
  /** Undefined while it is asked for. */
  place: number | undefined
  /** The socket closed before the answer came. */
  gone: boolean
  outcome: Promise<boolean>
}

/** The database's clock, ms. */
const NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
/** Instances that died are removed with what they held after so many renewals. */
const SWEEP_EVERY = 60
const FOREIGN_KEY_VIOLATION = '23503'

/**
 * The sockets of each user over all instances, in the database, because it is always there (docs/decisions/http-hardening.md). A user has
 * `LIMITS.socketsPerUser` places; a socket takes one and gives it back. Places of an instance that no longer renews itself are free, so
 * one that was killed locks nobody out.
 */
export class SocketPlaces {
  readonly instance = newId()
  /** Raised each time this instance makes itself known: what else was kept under it may be gone. */
  lives = 0
  private readonly holders = new Map<Id, Holder>()
  /** Something that was to be written may not have been: rows are compared with the next renewal. */
  private doubtful = false
  private renewals = 0
  private closed = false
  private readonly options: SocketPlacesOptions

  /** Makes this instance known. Migrations must have run. */
  static async open(options: SocketPlacesOptions): Promise<SocketPlaces> {
    const places = new SocketPlaces(options)
    await places.announce()
    return places
  }

  private constructor(options: SocketPlacesOptions) {
    this.options = options
  }

  /**
   * Takes a place for a socket; false: the user has no free one. Asked again for a socket that has one, or waits for one, gives the same answer. Rejects when the
   * database does not answer: then the socket has none.
   */
  claim(socket: Id, user: Id): Promise<boolean> {
    const known = this.holders.get(socket)
    if (known !== undefined) return known.outcome
    const holder: Holder = { user, place: undefined, gone: false, outcome: Promise.resolve(false) }
    this.holders.set(socket, holder)
    holder.outcome = this.takeFor(socket, holder)
    return holder.outcome
  }

  /** Gives the place of a socket back, if it has one or is about to get one. */
  release(socket: Id): void {
    const holder = this.holders.get(socket)
    if (holder === undefined) return
    holder.gone = true
    if (holder.place !== undefined) this.giveBack(socket, holder)
  }

  /** Says that this instance lives. To be called with every beat. */
  async renew(): Promise<void> {
    if (this.closed) return
    const { rowCount } = await this.options.db.query(`update socket_instances set seen_at = ${NOW} where id = $1 and seen_at > ${NOW} - $2`, [this.instance, LIMITS.socketLeaseMs])
    if (rowCount === 0) {
      // Others have taken this instance for dead: what it held may be somebody else's now.
      await this.announce()
      this.doubtful = true
    }
    if (this.doubtful) await this.compare()
    this.renewals += 1
    if (this.renewals % SWEEP_EVERY === 0) await this.options.db.query(`delete from socket_instances where seen_at < ${NOW} - $1`, [LIMITS.socketLeaseMs * 10])
  }

  /** All sockets are closed: what this instance held is free at once. */
  async close(): Promise<void> {
    this.closed = true
    await this.options.db.query('delete from socket_instances where id = $1', [this.instance]).catch(() => undefined)
  }

  private async announce(): Promise<void> {
    await this.options.db.query(`insert into socket_instances (id, seen_at) values ($1, ${NOW}) on conflict (id) do update set seen_at = excluded.seen_at`, [this.instance])
    this.lives += 1
  }

  private async takeFor(socket: Id, holder: Holder): Promise<boolean> {
    let place
    try {
      place = await this.take(socket, holder.user)
    } catch (error) {
      // It may have been written all the same.
      this.holders.delete(socket)
      this.doubtful = true
      throw error
    }
    if (place === undefined) this.holders.delete(socket)
    else holder.place = place
    if (place !== undefined && holder.gone) this.giveBack(socket, holder)
    return place !== undefined
  }

  /** The place that the socket got; undefined: none is free. */
  private async take(socket: Id, user: Id): Promise<number | undefined> {
    for (let race = 0; race < LIMITS.socketsPerUser * 2; race += 1) {
      const found = await this.ask(socket, user).catch(async (error: unknown) => {
        if ((error as { code?: unknown }).code !== FOREIGN_KEY_VIOLATION) throw error
        // This instance was away so long that it has been removed.
        await this.announce()
        this.doubtful = true
        return { free: true, place: null }
      })
      if (found.place !== null) return found.place
      if (!found.free) return undefined
      // Another one was faster.
    }
    return undefined
  }

  private async ask(socket: Id, user: Id): Promise<{ free: boolean; place: number | null }> {
    const alive = (instance: string): string => `exists (select 1 from socket_instances i where i.id = ${instance} and i.seen_at > ${NOW} - $4)`
    const { rows } = await this.options.db.query<{ free: boolean; place: number | null }>(
      `with free as (
         select p.place from generate_series(0, $5::int - 1) as p(place)
          where not exists (select 1 from socket_places s where s.user_id = $1 and s.place = p.place and ${alive('s.instance')})
          order by (p.place + $6::int) % $5::int limit 1
       ), taken as (
         insert into socket_places (user_id, place, instance, socket) select $1, free.place, $2, $3 from free
         on conflict (user_id, place) do update set instance = excluded.instance, socket = excluded.socket where not ${alive('socket_places.instance')}
         returning place
       )
       select exists (select 1 from free) as free, (select place from taken) as place`,
      // Those that come at the same time begin at different places, or each would wait for the one before.
      [user, this.instance, socket, LIMITS.socketLeaseMs, LIMITS.socketsPerUser, Number.parseInt(socket.slice(-4), 16)],
    )
    return rows[0] ?? { free: false, place: null }
  }

  private giveBack(socket: Id, { user, place }: Holder): void {
    this.holders.delete(socket)
    if (this.closed) return
    void this.options.db.query('delete from socket_places where user_id = $1 and place = $2 and socket = $3', [user, place, socket]).catch(() => {
      this.doubtful = true
    })
  }

  /** Brings rows and sockets together after something was in doubt. */
  private async compare(): Promise<void> {
    const { db, log, onLost } = this.options
    this.doubtful = false
    try {
      const settled = [...this.holders].filter(([, { place }]) => place !== undefined)
      const { rows } = await db.query<{ socket: Id }>('select socket from socket_places where instance = $1', [this.instance])
      const kept = new Set(rows.map((row) => row.socket))
      const strays = [...kept].filter((socket) => !this.holders.has(socket))
      if (strays.length > 0) await db.query('delete from socket_places where instance = $1 and socket = any($2::uuid[])', [this.instance, strays])
      for (const [socket, holder] of settled) {
        if (kept.has(socket) || this.holders.get(socket) !== holder) continue
        holder.place = await this.take(socket, holder.user)
        if (holder.place !== undefined && !holder.gone) continue
        if (holder.place !== undefined) this.giveBack(socket, holder)
        this.holders.delete(socket)
        log.warn({ socket }, 'a connection has lost its place among those of its user')
        onLost(socket)
      }
    } catch (error) {
      this.doubtful = true
      throw error
    }
  }
}
