import type { Database } from '@chatflow/database'
import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { can } from '@chatflow/shared/permissions'
import type { GlobalRole, RoomKind, RoomRole } from '@chatflow/shared/roles'
import type { Activity } from './activity.ts'
import type { DocumentKeeper, RoomStatus } from './documents/keeper.ts'
import type { NotesKeeper } from './notes/notes-keeper.ts'
import type { Presence } from './presence/presence.ts'
import type { AwarenessElsewhere } from './presence/awareness-elsewhere.ts'
import type { Scheduler } from './scheduled/scheduler.ts'
import type { SocketPlaces } from './socket/socket-places.ts'
import { CLOSE, type SocketRegistry } from './socket/socket-record.ts'

export interface BeatOptions {
  db: Database
  keeper: DocumentKeeper
  notes: Pick<NotesKeeper, 'rooms' | 'heal' | 'judge'>
  sockets: SocketRegistry
  places: Pick<SocketPlaces, 'renew'>
  activity: Activity
  presence: Presence
  elsewhere: Pick<AwarenessElsewhere, 'beat'>
  scheduler: Pick<Scheduler, 'beat'>
  /** The epoch in the database is another one than clients were told. */
  onNewEpoch: (epoch: string) => void
  epoch: () => string
  log: { warn(fields: object, message: string): void }
}

interface Found {
  kind: 'room' | 'user' | 'session' | 'notes' | 'epoch'
  id: string
  head: number
  rev: number
  document_rev: number
  log_rev: number
  hides_presence: boolean
}

interface MemberRow {
  room_id: Id
  user_id: Id
  room_role: RoomRole
  role: GlobalRole
  kind: RoomKind
  archived_at: number | null
}

/**
 * Every second: asks the database in one query what has risen among the rooms, users and sessions that this instance serves, and acts on it.
 * It is what heals a crash between commit and append, a change made by another instance, an import, a moderation, and what ends access
 * within two seconds wherever it was taken away (R3, R5). Nothing depends on Redis.
 */
export class Beat {
  private timer: ReturnType<typeof setTimeout> | undefined
  private stopped = false
  private running: Promise<void> | undefined
  /** Rev of each room at which its connections were last judged. */
  private readonly judged = new Map<Id, number>()
  private readonly options: BeatOptions

  constructor(options: BeatOptions) {
    this.options = options
  }

  start(): void {
    if (this.stopped) return
    this.timer = setTimeout(() => {
      void this.now().finally(() => this.start())
    }, LIMITS.beatMs)
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.running
  }

  /** One beat, at once. A failure is logged and made good by the next. */
  now(): Promise<void> {
    this.running ??= this.look()
      .catch((error: unknown) => this.options.log.warn({ err: error }, 'the database could not be asked what has changed'))
      .finally(() => {
        this.running = undefined
      })
    return this.running
  }

  /** Ends the connections of people who are no longer members of these rooms, and the writing of those who may write their notes no more. */
  async judge(rooms: readonly Id[]): Promise<void> {
    const attached = this.attached(rooms)
    if (attached.length === 0) return
    const concerned = [...new Set(attached.map(({ room }) => room))]
    const members = await this.options.db.query<MemberRow>(
      `select m.room_id, m.user_id, m.role as room_role, u.role, r.kind, r.archived_at
         from members m join rooms r on r.id = m.room_id join users u on u.id = m.user_id where m.room_id = any($1::uuid[]) and m.user_id = any($2::uuid[])`,
      [concerned, [...new Set(attached.map(({ user }) => user))]],
    )
    const found = new Map(members.rows.map((row) => [`${row.room_id}/${row.user_id}`, row]))
    // First: a socket that is being closed may still bring what its peer had sent.
    for (const { room, user } of attached) {
      const row = found.get(`${room}/${user}`)
      const may = row !== undefined && can({ id: user, role: row.role, roomRole: row.room_role }, 'notes.write', { room: { kind: row.kind, archived: row.archived_at !== null } })
      this.options.notes.judge(room, user, may)
    }
    for (const { room, user, close } of attached) if (!found.has(`${room}/${user}`)) close()
  }

  private async look(): Promise<void> {
    const { db, keeper, notes, sockets, places, activity, presence, elsewhere, scheduler } = this.options
    await places.renew()
    for (const socket of sockets.sockets()) {
      if (socket.identity !== undefined && socket.expiresAt < Date.now()) socket.close(CLOSE.sessionEnded, 'auth:token_expired')
    }
    const { users, rooms: ofDocuments } = keeper.watched()
    const withNotes = notes.rooms()
    const rooms = [...new Set([...ofDocuments, ...withNotes])]
    const { decisions } = presence
    const found = await db.query<Found>(
      `select 'room' as kind, id::text as id, head, rev, document_rev, log_rev, false as hides_presence from rooms where id = any($1::uuid[])
       union all select 'user', user_id::text, 0, rev, 0, 0, hides_presence from user_state where user_id = any($2::uuid[])
       union all select 'session', x.id::text, 0, 0, 0, 0, false from unnest($3::uuid[]) as x(id)
                  where not exists (select 1 from session_families s join users u on u.id = s.user_id
                                     where s.id = x.id and s.ended_at is null and u.disabled_at is null
                                       and not exists (select from second_factor_missing m where m.user_id = u.id))
       union all select 'notes', room_id::text, head, 0, 0, 0, false from notes where room_id = any($4::uuid[])
       union all select 'epoch', value, 0, 0, 0, 0, false from instance_meta where key = 'epoch'`,
      [rooms, [...new Set([...users, ...sockets.users()])], sockets.sessions(), withNotes],
    )
    const of = Map.groupBy(found.rows, (row) => row.kind)
    const epoch = of.get('epoch')?.[0]?.id
    if (epoch !== undefined && epoch !== this.options.epoch()) {
      this.options.onNewEpoch(epoch)
      return
    }
    this.endSessions(new Set((of.get('session') ?? []).map((row) => row.id)))
    const statuses: RoomStatus[] = of.get('room') ?? []
    for (const status of statuses) activity.found(status)
    const risen = statuses.filter((status) => status.document_rev > (this.judged.get(status.id) ?? -1))
    await this.judge(risen.map((status) => status.id))
    for (const status of risen) this.judged.set(status.id, status.document_rev)
    const watched = new Set(rooms)
    for (const room of this.judged.keys()) if (!watched.has(room)) this.judged.delete(room)
    activity.keepOnly(watched)
    // Before anything is told: what somebody has hidden elsewhere is not told from here.
    presence.learnHidden(of.get('user') ?? [], decisions)
    await keeper.heal(statuses, of.get('user') ?? [])
    await notes.heal(of.get('notes') ?? [])
    const failures: unknown[] = []
    // None of them takes the others' turn.
    for (const part of [presence, elsewhere, scheduler]) await part.beat().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }

  private endSessions(ended: ReadonlySet<Id>): void {
    if (ended.size === 0) return
    for (const socket of this.options.sockets.sockets()) {
      if (socket.identity !== undefined && ended.has(socket.identity.session)) socket.close(CLOSE.sessionEnded, 'auth:session_ended')
    }
  }

  private attached(rooms: readonly Id[]): { room: Id; user: Id; close: () => void }[] {
    const wanted = new Set(rooms)
    const list: { room: Id; user: Id; close: () => void }[] = []
    for (const socket of this.options.sockets.sockets()) {
      if (socket.identity === undefined) continue
      const of = new Set<Id>()
      for (const document of [...socket.documents.keys(), ...socket.attaching]) {
        const name = parseDocName(document)
        if ((name?.kind === 'room' || name?.kind === 'log' || name?.kind === 'notes') && wanted.has(name.room)) of.add(name.room)
      }
      for (const room of of) list.push({ room, user: socket.identity.user, close: () => socket.close(CLOSE.accessChanged, 'retry:forbidden') })
    }
    return list
  }
}
