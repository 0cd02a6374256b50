import { docName } from '@chatflow/shared/doc-names'
import type { Draft, Mention, Person, Scheduled, UserRoom } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { DocumentSession } from './document-session.ts'
import type { DocumentLease, DocumentSessions } from './document-sessions.ts'
import { Listeners } from './listeners.ts'

/** The user's own document, read: rooms, cursors, drafts, settings, mentions, open reports. */
export class UserReplica {
  readonly changed = new Listeners()
  readonly #lease: DocumentLease

  constructor(sessions: DocumentSessions, user: Id) {
    this.#lease = sessions.acquire(docName.user(user))
    this.session.changed.add(() => this.changed.emit())
  }

  get session(): DocumentSession {
    return this.#lease.session
  }

  /** The list of rooms is the server's own, as of this connection: what is not in it is not the user's any more. */
  get confirmed(): boolean {
    return this.session.confirmed
  }

  rooms(): Map<Id, UserRoom> {
    return new Map(this.#map<UserRoom>('rooms').entries())
  }

  room(room: Id): UserRoom | undefined {
    return this.#map<UserRoom>('rooms').get(room)
  }

  cursor(room: Id): number {
    return this.#map<number>('cursors').get(room) ?? 0
  }

  unreadMark(room: Id): number | undefined {
    return this.#map<number>('unread').get(room)
  }

  /** `thread`: of a conversation in the room. */
  draft(room: Id, thread?: Id): Draft | undefined {
    return this.#map<Draft>('drafts').get(thread === undefined ? room : `${room}/${thread}`)
  }

  /** Drafts of conversations of the room, by the message that each began with. */
  threadDrafts(room: Id): Map<Id, Draft> {
    const prefix = `${room}/`
    return new Map([...this.#map<Draft>('drafts')].flatMap(([key, draft]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), draft] as const] : [])))
  }

  /** Messages that are to be sent at a time. */
  scheduled(): Map<Id, Scheduled> {
    return new Map(this.#map<Scheduled>('scheduled').entries())
  }

  setting(key: string): unknown {
    return this.#map('settings').get(key)
  }

  /** The user, and everyone in a direct conversation with them. */
  people(): Map<Id, Person> {
    return new Map(this.#map<Person>('people').entries())
  }

  /** What these people, the user among them, say of themselves; it may have ended. */
  status(user: Id): unknown {
    return this.#map('statuses').get(user)
  }

  mentions(): Mention[] {
    return this.session.doc.getArray<Mention>('mentions').toArray()
  }

  /** Reports that the person may settle, counted to 100. */
  openReports(): number {
    return this.#map<number>('moderation').get('openReports') ?? 0
  }

  /** The server fetches pages that messages link. */
  linkPreviews(): boolean {
    return this.#map<boolean>('server').get('linkPreviews') === true
  }

  release(): void {
    this.#lease.release()
  }

  #map<T = unknown>(name: string) {
    return this.session.doc.getMap<T>(name)
  }
}
