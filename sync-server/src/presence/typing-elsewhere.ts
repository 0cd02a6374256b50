import type { Database } from '@chatflow/database'
import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import type { Document } from '@hocuspocus/server'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Typist, TypingRows } from './typing-rows.ts'

export interface TypingElsewhereOptions {
  db: Database
  instance: Id
  /** Documents that are loaded here. */
  documents(): Iterable<Document>
  /** There are other instances that live. */
  accompanied(): boolean
  hides(user: Id): boolean
}

/**
 * Typing across instances: awareness stays within one, so with each beat every instance writes down who types on it, and lets those who type
 * on others type here too, under an awareness client of its own making (docs/decisions/presence.md).
 */
export class TypingElsewhere {
  private readonly options: TypingElsewhereOptions
  private readonly rows: TypingRows
  /** By document and user: the awareness client that stands for them here. */
  private readonly standing = new WeakMap<Document, Map<Id, number>>()

  constructor(options: TypingElsewhereOptions) {
    this.options = options
    this.rows = new TypingRows(options.db, options.instance)
  }

  /** With each beat. Throws what the database throws; then the next one makes it good. */
  async beat(): Promise<void> {
    const { accompanied, documents } = this.options
    const rooms = new Map<Id, Document>()
    for (const document of documents()) {
      const name = parseDocName(document.name)
      if (name?.kind === 'room' && document.getConnectionsCount() > 0) rooms.set(name.room, document)
    }
    const alone = !accompanied()
    await this.rows.write(alone ? [] : [...rooms].flatMap(([room, document]) => this.typistsOf(room, document)))
    const heard = Map.groupBy(alone ? [] : await this.rows.read([...rooms.keys()]), ({ room }) => room)
    for (const [room, document] of rooms) this.show(document, (heard.get(room) ?? []).filter(({ user }) => !this.options.hides(user)))
  }

  private typistsOf(room: Id, document: Document): Typist[] {
    const standing = new Set(this.standing.get(document)?.values())
    const users = new Set<Id>()
    for (const [client, state] of document.awareness.getStates()) {
      const said = state as { user?: { id: Id }; typing?: boolean }
      if (said.typing === true && said.user !== undefined && !standing.has(client)) users.add(said.user.id)
    }
    return [...users].map((user) => ({ room, user }))
  }

  private show(document: Document, typists: readonly (Typist & { username: string; displayName: string })[]): void {
    const standing = this.standing.get(document) ?? new Map<Id, number>()
    this.standing.set(document, standing)
    const typing = new Set(typists.map(({ user }) => user))
    for (const [user, client] of standing) {
      if (typing.has(user)) continue
      standing.delete(user)
      removeAwarenessStates(document.awareness, [client], null)
    }
    for (const { user, username, displayName } of typists) {
      const client = standing.get(user)
      // What is not said again goes out of date there.
      if (client !== undefined && document.awareness.getStates().has(client)) continue
      const said = new Awareness(new Y.Doc())
      said.setLocalState({ user: { id: user, username, displayName }, typing: true, status: 'online' })
      standing.set(user, said.clientID)
      applyAwarenessUpdate(document.awareness, encodeAwarenessUpdate(said, [said.clientID]), null)
      said.destroy()
    }
  }
}
