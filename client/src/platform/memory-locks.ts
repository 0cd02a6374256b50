import type { Locks } from './platform.ts'

/** Locks within one process: also what a browser without Web Locks gets. */
export class MemoryLocks implements Locks {
  readonly #held: Map<string, Promise<unknown>>

  constructor(held: Map<string, Promise<unknown>> = new Map()) {
    this.#held = held
  }

  run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#held.get(name) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#held.set(name, mine.catch(() => undefined))
    return mine
  }
}
