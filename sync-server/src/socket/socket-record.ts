import type { Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { GlobalRole } from '@chatflow/shared/roles'

/** Close codes of `/sync`. 1012 is the standard's "service restart"; 44xx follow the HTTP status they resemble. */
export const CLOSE = {
  restart: 1012,
  sessionEnded: 4401,
  accessChanged: 4403,
  protocolUnsupported: 4406,
  notAuthenticatedInTime: 4408,
  tooMany: 4429,
} as const

/** One live socket: who it belongs to and how to end it. Authenticated once any of its documents is. */
export interface SocketRecord {
  readonly id: string
  identity?: { user: Id; session: Id; role: GlobalRole; person: Person; hidesPresence: boolean }
  /** How present the person is at this device, as its client says; a client that says nothing is taken to be in use. */
  status?: 'online' | 'away'
  /** The room that the person has before their eyes at this device. */
  room?: Id | undefined
  /** ms; the latest expiry of the tokens seen on any of its documents. */
  expiresAt: number
  /** Tokens already verified on this socket. */
  readonly verified: Map<string, Promise<{ user: Id; session: Id; role: GlobalRole; expiresAt: number }>>
  /** Attached documents with the number of sessions each. */
  readonly documents: Map<string, number>
  /** Documents that this socket was or is being let into and that are not attached yet: revocation must see them too. */
  readonly attaching: Set<string>
  /** To be called once it is known whose it is, or once it has closed. */
  settled(): void
  close(code: number, reason: string): void
}

/** The live sockets of this instance by user and by session. */
export class SocketRegistry {
  private readonly all = new Set<SocketRecord>()
  private readonly byUser = new Map<Id, Set<SocketRecord>>()
  private readonly onRemoved: (record: SocketRecord) => void
  /** A socket has got its person, or has gone. */
  onChanged: (record: SocketRecord) => void = () => undefined

  constructor(onRemoved: (record: SocketRecord) => void = () => undefined) {
    this.onRemoved = onRemoved
  }

  add(record: SocketRecord): void {
    this.all.add(record)
  }

  /** False once it has closed: what was asked for it meanwhile is of no use. */
  has(record: SocketRecord): boolean {
    return this.all.has(record)
  }

  /** To be called when `record.identity` is first set. */
  identify(record: SocketRecord): void {
    if (record.identity === undefined) return
    record.settled()
    const set = this.byUser.get(record.identity.user) ?? new Set()
    this.byUser.set(record.identity.user, set.add(record))
    this.onChanged(record)
  }

  remove(record: SocketRecord): void {
    this.all.delete(record)
    this.onRemoved(record)
    if (record.identity === undefined) return
    const set = this.byUser.get(record.identity.user)
    set?.delete(record)
    if (set?.size === 0) this.byUser.delete(record.identity.user)
    this.onChanged(record)
  }

  sockets(): SocketRecord[] {
    return [...this.all]
  }

  byId(id: string): SocketRecord | undefined {
    return [...this.all].find((record) => record.id === id)
  }

  ofUser(user: Id): SocketRecord[] {
    return [...(this.byUser.get(user) ?? [])]
  }

  users(): Id[] {
    return [...this.byUser.keys()]
  }

  sessions(): Id[] {
    return [...new Set([...this.all].flatMap((record) => record.identity?.session ?? []))]
  }
}
