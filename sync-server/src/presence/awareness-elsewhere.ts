import type { Database } from '@chatflow/database'
import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import type { Document } from '@hocuspocus/server'
import { AwarenessRows, type FoundState, type SharedState } from './awareness-rows.ts'
import { StandIns } from './stand-ins.ts'

export interface AwarenessElsewhereOptions {
  db: Database
  instance: Id
  /** Documents that are loaded here. */
  documents(): Iterable<Document>
  /** There are other instances that live. */
  accompanied(): boolean
  hides(user: Id): boolean
}

/**
 * Typing and cursors across instances: awareness stays within one, so with each beat every instance writes down who types or writes notes on it, and shows
 * those who do on others under awareness clients of its own making (docs/decisions/presence.md).
 */
export class AwarenessElsewhere {
  private readonly options: AwarenessElsewhereOptions
  private readonly rows: AwarenessRows
  private readonly standIns = new WeakMap<Document, StandIns>()

  constructor(options: AwarenessElsewhereOptions) {
    this.options = options
    this.rows = new AwarenessRows(options.db, options.instance)
  }

  /** With each beat. Throws what the database throws; then the next one makes it good. */
  async beat(): Promise<void> {
    const { accompanied, documents, hides } = this.options
    const open = new Map<string, { room: Id; document: Document }>()
    for (const document of documents()) {
      const name = parseDocName(document.name)
      if ((name?.kind === 'room' || name?.kind === 'notes') && document.getConnectionsCount() > 0) open.set(document.name, { room: name.room, document })
    }
    const alone = !accompanied()
    await this.rows.write(alone ? [] : [...open.values()].flatMap(({ room, document }) => this.saidHere(room, document)))
    const heard = Map.groupBy(alone ? [] : await this.rows.read([...open.keys()]), ({ document }) => document)
    for (const [name, { document }] of open) this.show(document, (heard.get(name) ?? []).filter(({ user }) => !hides(user)))
  }

  /** Is this awareness client one that this instance has made for somebody elsewhere? */
  standsIn(document: Document, client: number): boolean {
    return this.standIns.get(document)?.has(client) === true
  }

  private standInsOf(document: Document): StandIns {
    const known = this.standIns.get(document) ?? new StandIns(document)
    this.standIns.set(document, known)
    return known
  }

  private saidHere(room: Id, document: Document): SharedState[] {
    const standIns = this.standInsOf(document)
    return [...document.awareness.getStates()].flatMap(([client, said]) => {
      const { user } = said as { user?: { id: Id } }
      const state = worthSharing(said)
      return user === undefined || state === undefined || standIns.has(client) ? [] : [{ document: document.name, client, room, user: user.id, state }]
    })
  }

  private show(document: Document, found: readonly FoundState[]): void {
    const here = document.awareness.getStates()
    // Whoever has come over from there speaks for themselves.
    const elsewhere = found.filter(({ client }) => !here.has(client))
    this.standInsOf(document).show(new Map(elsewhere.map(({ client, user, username, displayName, state }) => [client, { user: { id: user, username, displayName }, ...state }])))
  }
}

/** What of a state is to be seen elsewhere, too; undefined: nothing. How present somebody is goes its own way. */
function worthSharing(said: { typing?: boolean; cursor?: unknown }): object | undefined {
  if (said.cursor !== undefined) return { cursor: said.cursor }
  return said.typing === true ? { typing: true, status: 'online' } : undefined
}
