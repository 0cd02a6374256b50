import type { Id } from '@chatflow/shared/ids'
import type { SocketRecord } from '../socket/socket-record.ts'

/** partners: people in direct conversations with the socket's person; asked: whom the client has asked for. */
type Reason = 'partners' | 'asked'

/** Which sockets hear of whom. */
export class Audience {
  private readonly wanted = new Map<SocketRecord, Record<Reason, ReadonlySet<Id>>>()
  private readonly heardBy = new Map<Id, Set<SocketRecord>>()

  /** Answers who is new to the socket. */
  set(socket: SocketRecord, reason: Reason, people: ReadonlySet<Id>): Set<Id> {
    const before = this.of(socket)
    this.wanted.set(socket, { ...(this.wanted.get(socket) ?? { partners: new Set(), asked: new Set() }), [reason]: people })
    const after = this.of(socket)
    for (const person of before) if (!after.has(person)) this.forget(person, socket)
    const fresh = after.difference(before)
    for (const person of fresh) this.heardBy.set(person, (this.heardBy.get(person) ?? new Set()).add(socket))
    return fresh
  }

  remove(socket: SocketRecord): void {
    for (const person of this.of(socket)) this.forget(person, socket)
    this.wanted.delete(socket)
  }

  /** Of whom the socket hears. */
  of(socket: SocketRecord): Set<Id> {
    const wanted = this.wanted.get(socket)
    return wanted === undefined ? new Set() : new Set([...wanted.partners, ...wanted.asked])
  }

  /** Who hears of the person. */
  hearing(person: Id): ReadonlySet<SocketRecord> {
    return this.heardBy.get(person) ?? NOBODY
  }

  private forget(person: Id, socket: SocketRecord): void {
    const set = this.heardBy.get(person)
    set?.delete(socket)
    if (set?.size === 0) this.heardBy.delete(person)
  }
}

const NOBODY: ReadonlySet<SocketRecord> = new Set()
