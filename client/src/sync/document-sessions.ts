import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { DocumentSession, type SessionEnvironment } from './document-session.ts'
import { Listeners } from './listeners.ts'
import { SharedSessions, type Lease } from './shared-sessions.ts'

export type DocumentLease = Lease<DocumentSession>

/** All replicas of this page by name, reference-counted. */
export class DocumentSessions {
  readonly #env: SessionEnvironment
  readonly #shared = new SharedSessions((name: string) => this.#open(name))
  /** The document of one that is held has changed. */
  readonly changed = new Listeners<DocumentSession>()

  constructor(env: SessionEnvironment) {
    this.#env = env
  }

  acquire(name: string): DocumentLease {
    return this.#shared.acquire(name)
  }

  /** Names of all that are held. */
  names(): string[] {
    return this.#shared.keys()
  }

  /** The session of this name, if somebody holds it. */
  held(name: string): DocumentSession | undefined {
    return this.#shared.get(name)
  }

  /** Another history of the server has begun: nothing that is held or stored counts any more. */
  async dropAll(): Promise<void> {
    for (const [, session] of this.#shared.entries()) session.startAfresh()
    for (const name of await this.#env.storage.list()) {
      // Notes are written here: what the server has lost of them is what this device still has.
      if (!this.#shared.has(name) && parseDocName(name)?.kind !== 'notes') await this.#env.storage.remove(name)
    }
  }

  /** Deletes what is stored of a room; its sessions must have been released. */
  async purge(room: Id): Promise<void> {
    await this.settled()
    for (const name of await this.#env.storage.list()) {
      const parsed = parseDocName(name)
      const ofRoom = parsed !== undefined && 'room' in parsed && parsed.room === room
      if (ofRoom && !this.#shared.has(name)) await this.#env.storage.remove(name)
    }
  }

  /** Resolves when everything released so far is closed and stored. */
  async settled(): Promise<void> {
    await this.#shared.settled()
  }

  async closeAll(): Promise<void> {
    await this.#shared.closeAll()
  }

  #open(name: string): DocumentSession {
    const session = new DocumentSession(this.#env, name, parseDocName(name)?.kind === 'room')
    session.changed.add((change) => change !== 'status' && this.changed.emit(session))
    return session
  }
}
