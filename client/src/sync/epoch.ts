import type { CommandStore } from '../platform/command-store.ts'
import type { Locks } from '../platform/platform.ts'
import type { CommandQueue } from './command-queue.ts'

const FACT = 'epoch'

/**
 * The server's epoch as this device knows it. A new one means that the server was put back to an earlier state: replicas
 * are dropped, and what may have been lost is offered again.
 */
export class Epoch {
  readonly #store: CommandStore
  readonly #locks: Locks
  readonly #lock: string
  #known: string | undefined

  constructor(store: CommandStore, locks: Locks, lock: string) {
    this.#store = store
    this.#locks = locks
    this.#lock = lock
  }

  async load(): Promise<void> {
    this.#known = await this.#store.readFact(FACT)
  }

  /** Deals with the epoch of a hello; resolves when commands may go out. `dropReplicas` runs in each tab, the rest once. */
  async meet(epoch: string, queue: Pick<CommandQueue, 'requeueSettled'>, dropReplicas: () => Promise<void>): Promise<void> {
    if (epoch === this.#known) return
    const had = this.#known
    if (had !== undefined) await dropReplicas()
    await this.#locks.run(this.#lock, async () => {
      const stored = await this.#store.readFact(FACT)
      if (stored === epoch) return
      // In this order: a crash in between offers once more, which changes nothing.
      if (stored !== undefined) await queue.requeueSettled()
      await this.#store.writeFact(FACT, epoch)
    })
    this.#known = epoch
  }
}
