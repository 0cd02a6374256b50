import type { Id } from '@chatflow/shared/ids'
import type { Clock, Locks, TabChannel, Timer } from '../platform/platform.ts'

/** A tab says again so often which room somebody looks at in it, ms ... */
const SAID_EVERY = 20_000
/** ... and counts for so long after it last did: it may have died. */
const HOLDS_FOR = 45_000

interface Looking {
  type: 'looking'
  tab: string
  /** Which room, if any. */
  room?: Id | undefined
}

export interface DeviceTabsOptions {
  clock: Clock
  locks: Locks
  /** Of these alone; closed with it. */
  channel: TabChannel
  /** Of this tab. */
  id: string
  /** Name of the lock that the one tab has which shows notifications. */
  lock: string
}

/** The tabs of this device among each other: which of them shows notifications, and what somebody looks at in any of them. */
export class DeviceTabs {
  readonly #options: DeviceTabsOptions
  readonly #others = new Map<string, { room: Id; at: number }>()
  readonly #stop: () => void
  readonly #timer: Timer
  #room: Id | undefined
  #leads = false
  #resign: () => void = () => undefined
  #closed = false

  constructor(options: DeviceTabsOptions) {
    this.#options = options
    const { channel, locks, lock, clock } = options
    this.#stop = channel.subscribe((message) => this.#hear(message))
    this.#timer = clock.setInterval(() => this.#room !== undefined && this.#say(), SAID_EVERY)
    // Held until this tab goes: then another one gets it.
    void locks.run(lock, () => {
      if (this.#closed) return Promise.resolve()
      this.#leads = true
      return new Promise<void>((resolve) => (this.#resign = resolve))
    }).catch(() => undefined)
    channel.post({ type: 'who-looks' })
  }

  /** Of all tabs of the device this one shows notifications. */
  get leads(): boolean {
    return this.#leads
  }

  /** The room that somebody looks at in this tab; undefined: none, or nobody does. */
  look(room: Id | undefined): void {
    if (room === this.#room) return
    this.#room = room
    this.#say()
  }

  isLookedAt(room: Id): boolean {
    if (this.#room === room) return true
    const since = this.#options.clock.now() - HOLDS_FOR
    return [...this.#others.values()].some((other) => other.room === room && other.at > since)
  }

  close(): void {
    if (this.#closed) return
    this.look(undefined)
    this.#closed = true
    this.#leads = false
    this.#resign()
    this.#stop()
    this.#options.clock.clearInterval(this.#timer)
    this.#options.channel.close()
  }

  #say(): void {
    this.#options.channel.post({ type: 'looking', tab: this.#options.id, room: this.#room } satisfies Looking)
  }

  #hear(message: unknown): void {
    const { type, tab, room } = message as { type?: unknown; tab?: string; room?: Id }
    if (type === 'who-looks' && this.#room !== undefined) this.#say()
    if (type !== 'looking' || tab === undefined) return
    if (room === undefined) this.#others.delete(tab)
    else this.#others.set(tab, { room, at: this.#options.clock.now() })
  }
}
