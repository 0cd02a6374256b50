import type { Database } from '@chatflow/database'
import { type DocName, parseDocName, segmentOf } from '@chatflow/shared/doc-names'
import type { Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type * as Y from 'yjs'
import type { Effects } from '../sequencer/effects.ts'
import { type MessageRow, peopleOf, type ReactionRow, type UserRow } from '../sequencer/rows.ts'
import { appendToLog, fillLog, readLog } from './log-content.ts'
import { fillRoom, readRoom } from './room-content.ts'
import { fillUser, readUser } from './user-content.ts'

/** A server-written document that is loaded on this instance. */
interface Kept {
  doc: Y.Doc
  name: Exclude<DocName, { kind: 'outbox' } | { kind: 'notes' }>
  /**
   * The rev up to which it was last *checked* against rows: not the highest rev it contains, since of two concurrent writes of one key
   * the lower rev may have won. -1 while loading.
   */
  checked: number
  refresh?: Promise<void> | undefined
  again?: boolean
  /** Rooms of the user, for a user document. */
  rooms?: ReadonlySet<Id>
}

/** What the beat found in the database about one room. */
export interface RoomStatus {
  id: Id
  head: number
  rev: number
  document_rev: number
  log_rev: number
}

const ROWS_AT_ONCE = 1_000

/**
 * Keeps the loaded log, room and user documents equal to their rows: at load by comparing everything, after each commit of this
 * instance at once, and for whatever happened elsewhere when the beat says that rows are ahead.
 */
export class DocumentKeeper {
  private readonly kept = new Map<Y.Doc, Kept>()
  private readonly byRoom = new Map<Id, Set<Kept>>()
  private readonly byUser = new Map<Id, Set<Kept>>()
  /** User documents by the rooms that their user is in. */
  private readonly members = new Map<Id, Set<Kept>>()
  /** Told of the rooms of a user whose document is read, with the rev of their logs, before the user can have asked for anything. */
  onUserRooms: (logRevs: ReadonlyMap<Id, number>) => void = () => undefined
  /** Told of the people in direct conversations with a user whose document is kept; undefined: it is not any more. */
  onPartners: (user: Id, people: ReadonlySet<Id> | undefined) => void = () => undefined
  private readonly db: Database
  private readonly log: { warn(fields: object, message: string): void }

  private readonly onPerson: (user: Id, person: Person) => void

  /** `onPerson`: who a user whose document is kept here is, each time that document is compared with its rows. */
  constructor(db: Database, log: { warn(fields: object, message: string): void }, onPerson: (user: Id, person: Person) => void = () => undefined) {
    this.db = db
    this.log = log
    this.onPerson = onPerson
  }

  /** Fills a document that is being loaded from rows, and keeps it until it is destroyed. */
  async load(documentName: string, doc: Y.Doc): Promise<void> {
    const name = parseDocName(documentName)
    if (name === undefined || name.kind === 'outbox' || name.kind === 'notes') return
    const kept: Kept = { doc, name, checked: -1 }
    this.add(kept)
    doc.on('destroy', () => this.remove(kept))
    try {
      await this.check(kept)
    } catch (error) {
      this.remove(kept)
      throw error
    }
    // What was committed while it loaded found it not ready.
    if (kept.again !== true) return
    kept.again = false
    // A segment takes only what is newer: comparing the whole could undo what is committed while its rows are read.
    if (name.kind === 'log') await this.healLogs(name.room, [kept])
    else this.refresh(kept)
  }

  /** Brings a loaded document up to its rows now; afterwards it holds nothing that they do not (R6: before its state is stored). */
  async bringUp(doc: Y.Doc): Promise<void> {
    const kept = this.kept.get(doc)
    if (kept === undefined || kept.checked < 0) return
    if (kept.name.kind === 'log') await this.healLogs(kept.name.room, [kept])
    else await this.check(kept)
  }

  /** The rev up to which a loaded document is known to equal its rows; -1 while it loads or when it is not kept. */
  checked(doc: Y.Doc): number {
    return this.kept.get(doc)?.checked ?? -1
  }

  /** Names of what the beat has to ask about. */
  watched(): { rooms: Id[]; users: Id[] } {
    return { rooms: [...new Set([...this.byRoom.keys(), ...this.members.keys()])], users: [...this.byUser.keys()] }
  }

  /** User documents on this instance whose user is in the room. */
  userDocuments(room: Id): { user: Id; doc: Y.Doc }[] {
    return [...(this.members.get(room) ?? [])].flatMap(({ name, doc }) => (name.kind === 'user' ? { user: name.user, doc } : []))
  }

  /** Follows a commit of this instance. Log entries are written at once, so that they are sent before the marks. */
  follow(effects: Effects): void {
    const { room } = effects
    if (room !== undefined) {
      for (const kept of this.byRoom.get(room.id) ?? []) {
        if (kept.name.kind === 'log') this.append(kept, room)
        else if (room.document) this.refresh(kept)
      }
    }
    for (const user of effects.users) for (const kept of this.byUser.get(user) ?? []) this.refresh(kept)
  }

  /** Acts on rooms and users whose rev has risen above what was checked. */
  async heal(rooms: readonly RoomStatus[], users: readonly { id: Id; rev: number }[]): Promise<void> {
    for (const status of rooms) {
      const set = this.byRoom.get(status.id)
      if (set === undefined) continue
      const behind = [...set].filter((kept) => kept.name.kind === 'log' && kept.checked >= 0 && kept.checked < status.rev)
      if (behind.length > 0) await this.healLogs(status.id, behind)
      for (const kept of set) {
        if (kept.name.kind !== 'room' || kept.checked < 0) continue
        if (kept.checked < status.document_rev) this.refresh(kept)
        else if ((kept.doc.getMap('room').get('head') as number) < status.head) kept.doc.getMap('room').set('head', status.head)
      }
    }
    for (const { id, rev } of users) {
      for (const kept of this.byUser.get(id) ?? []) if (kept.checked >= 0 && kept.checked < rev) this.refresh(kept)
    }
  }

  /** Resolves when every refresh under way has ended. */
  async settled(): Promise<void> {
    for (const kept of [...this.kept.values()]) await kept.refresh
  }

  private append(kept: Kept, room: NonNullable<Effects['room']>): void {
    if (kept.name.kind !== 'log') return
    if (kept.checked < 0) {
      kept.again = true
      return
    }
    const { segment } = kept.name
    const here = (row: { seq: number }): boolean => segmentOf(row.seq) === segment
    const messages = room.messages.filter(here)
    const shown = peopleOf(messages)
    const changes = { messages, reactions: room.reactions.filter(here), people: room.people.filter((person) => shown.has(person.id) || kept.doc.getMap('people').has(person.id)) }
    if (changes.messages.length + changes.reactions.length + changes.people.length > 0) appendToLog(kept.doc, changes)
  }

  private async healLogs(room: Id, behind: readonly Kept[]): Promise<void> {
    let from = Math.min(...behind.map((kept) => kept.checked))
    for (;;) {
      const rows = await this.changedSince(room, from, behind)
      for (const kept of behind) {
        this.append(kept, { ...rows, id: room, head: 0, rev: rows.rev, logRev: rows.rev, document: false, members: false, mentioned: [], mentionsAll: false, said: [] })
        kept.checked = Math.max(kept.checked, rows.rev)
      }
      if (rows.complete) return
      from = rows.rev
    }
  }

  private async changedSince(
    room: Id,
    rev: number,
    behind: readonly Kept[],
  ): Promise<{ rev: number; complete: boolean; messages: MessageRow[]; reactions: ReactionRow[]; people: UserRow[] }> {
    return this.db.tx(async (q) => {
      const status = (await q.query<{ rev: number; people_rev: number }>('select rev, people_rev from rooms where id = $1', [room])).rows[0]
      const upTo = status?.rev ?? rev
      // Somebody is called otherwise now: everyone whom these segments show is looked at again.
      const shown = status !== undefined && status.people_rev > rev ? behind.flatMap(({ doc }) => [...doc.getMap('people').keys()]) : []
      const messages = await q.query<MessageRow>('select * from messages where room_id = $1 and rev > $2 order by rev limit $3', [room, rev, ROWS_AT_ONCE])
      const reactions = await q.query<ReactionRow>(
        'select seq, emoji, user_id, rev, active from reactions where room_id = $1 and rev > $2 order by rev limit $3',
        [room, rev, ROWS_AT_ONCE],
      )
      const people = await q.query<UserRow>('select id, username, display_name, avatar, role, disabled_at from users where id = any($1::uuid[])', [
        [...new Set([...peopleOf(messages.rows), ...shown])],
      ])
      const full = [messages.rows, reactions.rows].filter((rows) => rows.length === ROWS_AT_ONCE)
      const complete = full.length === 0
      // Rows that share a rev (a deletion and its reactions) may have been cut apart: look at that rev again.
      const reached = complete ? upTo : Math.min(...full.map((rows) => (rows.at(-1)?.rev ?? upTo) - 1))
      return { rev: reached, complete, messages: messages.rows, reactions: reactions.rows, people: people.rows }
    })
  }

  /** Compares with rows once more; calls while it runs are joined into one further run. */
  private refresh(kept: Kept): void {
    if (kept.checked < 0 || kept.refresh !== undefined) {
      kept.again = true
      return
    }
    kept.refresh = this.check(kept)
      .catch((error: unknown) => this.log.warn({ err: error }, 'a document could not be compared with its rows; the beat will try again'))
      .finally(() => {
        kept.refresh = undefined
        if (kept.again !== true || !this.kept.has(kept.doc)) return
        kept.again = false
        this.refresh(kept)
      })
  }

  private async check(kept: Kept): Promise<void> {
    const { name, doc } = kept
    if (name.kind === 'log') {
      const content = await readLog(this.db, name.room, name.segment)
      if (this.kept.has(doc)) fillLog(doc, content)
      kept.checked = content.rev
    } else if (name.kind === 'room') {
      const content = await readRoom(this.db, name.room)
      if (content === undefined || !this.kept.has(doc)) return
      fillRoom(doc, content)
      kept.checked = content.rev
    } else {
      const content = await readUser(this.db, name.user)
      if (this.kept.has(doc)) fillUser(doc, content)
      const person = content.people.get(name.user)
      if (person !== undefined) this.onPerson(name.user, person)
      this.onUserRooms(content.logRevs)
      if (this.kept.has(doc)) this.onPartners(name.user, new Set([...content.rooms.values()].flatMap((room) => room.with ?? [])))
      this.setRooms(kept, this.kept.has(doc) ? new Set(content.rooms.keys()) : new Set())
      kept.checked = content.rev
    }
  }

  private setRooms(kept: Kept, rooms: ReadonlySet<Id>): void {
    for (const room of kept.rooms ?? []) if (!rooms.has(room)) takeOut(this.members, room, kept)
    for (const room of rooms) putIn(this.members, room, kept)
    kept.rooms = rooms
  }

  private add(kept: Kept): void {
    this.kept.set(kept.doc, kept)
    putIn(...this.place(kept), kept)
  }

  private remove(kept: Kept): void {
    this.kept.delete(kept.doc)
    takeOut(...this.place(kept), kept)
    this.setRooms(kept, new Set())
    if (kept.name.kind === 'user' && !this.byUser.has(kept.name.user)) this.onPartners(kept.name.user, undefined)
  }

  private place({ name }: Kept): [Map<Id, Set<Kept>>, Id] {
    return name.kind === 'user' ? [this.byUser, name.user] : [this.byRoom, name.room]
  }
}

function putIn(map: Map<Id, Set<Kept>>, key: Id, kept: Kept): void {
  const set = map.get(key) ?? new Set()
  map.set(key, set.add(kept))
}

function takeOut(map: Map<Id, Set<Kept>>, key: Id, kept: Kept): void {
  const set = map.get(key)
  set?.delete(kept)
  if (set?.size === 0) map.delete(key)
}
