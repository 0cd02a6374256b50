import type { Network } from './platform.ts'

/** A network that is on or off as a test says. */
export class MemoryNetwork implements Network {
  #online = true
  readonly #listeners = new Set<(online: boolean) => void>()

  online(): boolean {
    return this.#online
  }

  set(online: boolean): void {
    this.#online = online
    for (const listener of this.#listeners) listener(online)
  }

  subscribe(listener: (online: boolean) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
