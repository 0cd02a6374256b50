import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { DocumentSession, type SessionEnvironment } from './document-session.ts'
import { Listeners } from './listeners.ts'

/** A hold on a session: it stays attached until every holder has released it. */
export interface DocumentLease {
  readonly session: DocumentSession
  release(): void
}

/** All replicas of this page by name, reference-counted. */
export class DocumentSessions {
  readonly #env: SessionEnvironment
  readonly #held = new Map<string, { session: DocumentSession; holders: number }>()
  readonly #closing = new Set<Promise<void>>()
  /** The document of one that is held has changed. */
  readonly changed = new Listeners<DocumentSession>()

  constructor(env: SessionEnvironment) {
    this.#env = env
  }

  acquire(name: string): DocumentLease {
    let held = this.#held.get(name)
    if (!held) {
      const session = new DocumentSession(this.#env, name, parseDocName(name)?.kind === 'room')
      held = { session, holders: 0 }
      this.#held.set(name, held)
      session.changed.add((change) => change !== 'status' && this.changed.emit(session))
    }
    held.holders += 1
    const { session } = held
    let released = false
    return {
      session,
      release: () => {
        if (released) return
        released = true
        this.#release(name)
      },
    }
  }

  /** Names of all that are held. */
  names(): string[] {
    return [...this.#held.keys()]
  }

  /** The session of this name, if somebody holds it. */
  held(name: string): DocumentSession | undefined {
    return this.#held.get(name)?.session
  }

  /** Another history of the server has begun: nothing that is held or stored counts any more. */
  async dropAll(): Promise<void> {
    for (const { session } of this.#held.values()) session.startAfresh()
    for (const name of await this.#env.storage.list()) {
      // Notes are written here: what the server has lost of them is what this device still has.
      if (!this.#held.has(name) && parseDocName(name)?.kind !== 'notes') await this.#env.storage.remove(name)
    }
  }

  /** Deletes what is stored of a room; its sessions must have been released. */
  async purge(room: Id): Promise<void> {
    await this.settled()
    for (const name of await this.#env.storage.list()) {
      const parsed = parseDocName(name)
      const ofRoom = parsed !== undefined && 'room' in parsed && parsed.room === room
      if (ofRoom && !this.#held.has(name)) await this.#env.storage.remove(name)
    }
  }

  /** Resolves when everything released so far is closed and stored. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing)
  }

  async closeAll(): Promise<void> {
    for (const name of [...this.#held.keys()]) this.#close(name)
    await this.settled()
  }

  #release(name: string): void {
    const held = this.#held.get(name)
    if (!held) return
    held.holders -= 1
    if (held.holders === 0) this.#close(name)
  }

  #close(name: string): void {
    const held = this.#held.get(name)
    if (!held) return
    this.#held.delete(name)
    const closing = held.session.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
