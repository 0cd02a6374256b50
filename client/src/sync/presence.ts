import type { Me } from '@chatflow/shared/api/account'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { ClientMessage } from '@chatflow/shared/presence'
import type { ServerMessage } from '@chatflow/shared/stateless'
import type { Awareness } from 'y-protocols/awareness'
import type { Clock, Timer } from '../platform/platform.ts'
import { Listeners } from './listeners.ts'
import type { RoomReplica } from './room-replica.ts'

/** ms for which the open room may change before its people are asked for. */
const WATCH_AFTER = 250
/** ms for which the room before one's eyes may change before it is said. */
const LOOK_AFTER = 250
/** ms for which "is typing" holds without a further key. */
const TYPING_FOR = 5_000

export type Status = 'online' | 'away'

interface Said {
  user?: { id?: unknown }
  typing?: unknown
  status?: unknown
}

/** Who is there, by what the server says and by what is heard in attached rooms; who types there; and what is said of oneself. */
export class Presence {
  readonly changed = new Listeners()
  readonly #clock: Clock
  readonly #user: Me
  readonly #rooms = new Map<RoomReplica, { awareness: Awareness | null; stop: () => void; hear: () => void }>()
  #status: Status = 'online'
  /** What the server has said of people, on this connection. */
  readonly #told = new Map<Id, { status?: Status; lastSeen?: number }>()
  #watched: Id[] = []
  #watching: Timer | undefined
  /** Before the person's eyes in this page. */
  #room: Id | undefined
  #saying: Timer | undefined
  #typing: { room: Id; until: number } | undefined
  #typingTimer: Timer | undefined
  /** Earliest time for the next thing to be said, per room. */
  readonly #notBefore = new Map<RoomReplica, number>()
  readonly #pending = new Map<RoomReplica, Timer>()

  readonly #send: (message: ClientMessage) => void

  /** `send`: to the server, if there is a connection. */
  constructor(clock: Clock, user: Me, send: (message: ClientMessage) => void) {
    this.#clock = clock
    this.#user = user
    this.#send = send
  }

  /** A new connection knows nothing of this page yet. */
  greeted(): void {
    if (this.#status === 'away' || this.#room !== undefined) this.#sayHere()
    if (this.#watched.length > 0) this.#send({ type: 'watch', users: this.#watched })
  }

  /** Without a connection nothing is known of others. */
  lost(): void {
    this.#told.clear()
    this.changed.emit()
  }

  hear(message: Extract<ServerMessage, { type: 'presence' | 'people' }>): void {
    if (message.type === 'people' && message.all === true) this.#told.clear()
    for (const { user, status, lastSeen } of message.type === 'people' ? message.people : [message]) {
      this.#told.set(user, { ...(status === 'online' || status === 'away' ? { status } : {}), ...(lastSeen === undefined ? {} : { lastSeen }) })
    }
    this.changed.emit()
  }

  /** Whom to hear of besides the people in direct conversations: those of the open room. */
  watch(users: readonly Id[]): void {
    const wanted = users.filter((user) => user !== this.#user.id).slice(0, LIMITS.watchedPeople)
    if (wanted.join() === this.#watched.join()) return
    this.#watched = wanted
    this.#watching ??= this.#clock.setTimeout(() => {
      this.#watching = undefined
      this.#send({ type: 'watch', users: this.#watched })
    }, WATCH_AFTER)
  }

  /** When somebody who is not here was last here; ms, to the minute. */
  lastSeen(user: Id): number | undefined {
    return this.#told.get(user)?.lastSeen
  }

  stop(): void {
    this.#clock.clearTimeout(this.#watching)
    this.#clock.clearTimeout(this.#saying)
    this.#clock.clearTimeout(this.#typingTimer)
  }

  attach(replica: RoomReplica): void {
    const hear = () => this.changed.emit()
    const room = { awareness: null as Awareness | null, stop: () => undefined as void, hear }
    const bind = () => {
      room.awareness?.off('change', hear)
      room.awareness = replica.session.awareness
      room.awareness?.on('change', hear)
      this.#say(replica)
    }
    room.stop = replica.session.changed.add((change) => {
      if (change === 'replaced') bind()
    })
    this.#rooms.set(replica, room)
    bind()
  }

  detach(replica: RoomReplica): void {
    const room = this.#rooms.get(replica)
    if (!room) return
    this.#rooms.delete(replica)
    this.#clock.clearTimeout(this.#pending.get(replica))
    this.#pending.delete(replica)
    this.#notBefore.delete(replica)
    room.stop()
    room.awareness?.off('change', room.hear)
    // A null state would be dropped on its way: leaving has to be said.
    room.awareness?.setLocalState({ user: this.#me(), status: 'left' })
    this.changed.emit()
  }

  setStatus(status: Status): void {
    if (this.#status === status) return
    this.#status = status
    this.#sayHere()
    for (const replica of this.#rooms.keys()) this.#say(replica)
  }

  /** The room that is before the person's eyes in this page, if any: the server pushes nothing of it. */
  lookAt(room: Id | undefined): void {
    if (this.#room === room) return
    this.#room = room
    // Whoever leafs through rooms says where they have come to.
    this.#saying ??= this.#clock.setTimeout(() => this.#sayHere(), LOOK_AFTER)
  }

  #sayHere(): void {
    this.#clock.clearTimeout(this.#saying)
    this.#saying = undefined
    this.#send({ type: 'presence', status: this.#status, ...(this.#room === undefined ? {} : { room: this.#room }) })
  }

  setTyping(room: Id, typing: boolean): void {
    const before = this.#typing?.room
    this.#clock.clearTimeout(this.#typingTimer)
    this.#typing = typing ? { room, until: this.#clock.now() + TYPING_FOR } : undefined
    if (typing) this.#typingTimer = this.#clock.setTimeout(() => this.setTyping(room, false), TYPING_FOR)
    for (const replica of this.#rooms.keys()) if (replica.room === room || replica.room === before) this.#say(replica)
  }

  typing(replica: RoomReplica): Id[] {
    return this.#heard(replica).flatMap((said) => (said.typing === true ? [said.id] : []))
  }

  /** Of everyone in the attached rooms and in direct conversations. */
  statuses(): Map<Id, Status> {
    const statuses = new Map([...this.#told].flatMap(([id, { status }]) => (status === undefined ? [] : [[id, status] as const])))
    for (const replica of this.#rooms.keys()) {
      for (const { id, status } of this.#heard(replica)) {
        if (status !== 'left' && statuses.get(id) !== 'online') statuses.set(id, status === 'away' ? 'away' : 'online')
      }
    }
    return statuses
  }

  #heard(replica: RoomReplica): { id: Id; typing: unknown; status: unknown }[] {
    const awareness = this.#rooms.get(replica)?.awareness
    if (!awareness) return []
    const heard: { id: Id; typing: unknown; status: unknown }[] = []
    for (const [client, state] of awareness.getStates()) {
      const said = state as Said
      if (client === awareness.clientID || typeof said.user?.id !== 'string') continue
      heard.push({ id: said.user.id, typing: said.typing, status: said.status })
    }
    return heard
  }

  /** At most 5 times a second and room; the last state always goes out. */
  #say(replica: RoomReplica): void {
    if (this.#pending.has(replica)) return
    const wait = (this.#notBefore.get(replica) ?? 0) - this.#clock.now()
    if (wait > 0) {
      this.#pending.set(replica, this.#clock.setTimeout(() => {
        this.#pending.delete(replica)
        this.#say(replica)
      }, wait))
      return
    }
    const awareness = this.#rooms.get(replica)?.awareness
    if (!awareness) return
    this.#notBefore.set(replica, this.#clock.now() + Math.ceil(1_000 / LIMITS.awarenessPerSecond))
    const typing = this.#typing?.room === replica.room
    const before = awareness.getLocalState() as Said | null
    if (before?.status === this.#status && (before.typing === true) === typing) return
    awareness.setLocalState({ user: this.#me(), status: this.#status, ...(typing ? { typing: true } : {}) })
  }

  #me() {
    return { id: this.#user.id, username: this.#user.username, displayName: this.#user.displayName }
  }
}
