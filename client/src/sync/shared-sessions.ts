/** A hold on a session: it stays open until every holder has released it. */
export interface Lease<S> {
  readonly session: S
  release(): void
}

/** Sessions of this page by key: each is opened once, for all who hold it, and closed when nobody does. */
export class SharedSessions<K, S extends { close(): Promise<void> }> {
  readonly #open: (key: K) => S
  readonly #released: (key: K, session: S) => void
  readonly #held = new Map<K, { session: S; holders: number }>()
  readonly #closing = new Set<Promise<void>>()

  /** `released`: nobody holds it any more; unless given, it is closed. It may be acquired again there. */
  constructor(open: (key: K) => S, released?: (key: K, session: S) => void) {
    this.#open = open
    this.#released = released ?? ((key) => this.close(key))
  }

  acquire(key: K): Lease<S> {
    let held = this.#held.get(key)
    if (!held) {
      held = { session: this.#open(key), holders: 0 }
      this.#held.set(key, held)
    }
    held.holders += 1
    const { session } = held
    let released = false
    return {
      session,
      release: () => {
        if (released) return
        released = true
        this.#release(key, session)
      },
    }
  }

  /** The session of this key, if somebody holds it. */
  get(key: K): S | undefined {
    return this.#held.get(key)?.session
  }

  has(key: K): boolean {
    return this.#held.has(key)
  }

  keys(): K[] {
    return [...this.#held.keys()]
  }

  entries(): [K, S][] {
    return [...this.#held].map(([key, { session }]) => [key, session])
  }

  /** Closes it whoever holds it. */
  close(key: K): void {
    const held = this.#held.get(key)
    if (!held) return
    this.#held.delete(key)
    const closing = held.session.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  async closeAll(): Promise<void> {
    for (const key of this.keys()) this.close(key)
    await this.settled()
  }

  /** Resolves when everything released so far is closed and stored. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing)
  }

  #release(key: K, session: S): void {
    const held = this.#held.get(key)
    // It may have been closed over its holders, and opened anew since.
    if (held?.session !== session) return
    held.holders -= 1
    if (held.holders === 0) this.#released(key, session)
  }
}
