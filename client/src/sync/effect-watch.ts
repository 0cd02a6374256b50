import type { Id } from '@chatflow/shared/ids'
import type { Clock, Timer } from '../platform/platform.ts'
import type { CommandQueue, QueuedCommand } from './command-queue.ts'
import { isEffectSeen, type Replicas } from './effects.ts'

/** ms from a change to the check whether effects of settled commands are to be seen. */
const AFTER_CHANGE = 250
/** ms between two checks while some are not: being overtaken takes time, not a change. */
const MEANWHILE = 2_500

export interface EffectWatchOptions {
  clock: Clock
  queue: CommandQueue
  user: Id
  replicas(): Replicas
  /** Something is not laid over the replicas any more. */
  onSeen(): void
}

/** Notes, once and for good, which settled commands need not be laid over the replicas any more. */
export class EffectWatch {
  readonly #options: EffectWatchOptions
  /** Seen, until that is written down. */
  readonly #seen = new Set<Id>()
  #soon: Timer | undefined
  #later: Timer | undefined
  #stopped = false

  constructor(options: EffectWatchOptions) {
    this.#options = options
  }

  isSeen(record: QueuedCommand): boolean {
    return record.seen === true || this.#seen.has(record.id)
  }

  /** True while the command has to be laid over the replicas to be seen. */
  isLaidOver(record: QueuedCommand, replicas: Replicas): boolean {
    const { id, command, status } = record
    // An entry can be here before the mark that settles its command: shown once, as delivered.
    if (status === 'waiting' && command.type === 'message.send' && replicas.find(command.room, id) !== undefined) return false
    return !this.isSeen(record) && !this.#isOver(record, replicas)
  }

  /** Replicas or queue have changed. */
  changed(): void {
    if (this.#stopped) return
    this.#soon ??= this.#options.clock.setTimeout(() => {
      this.#soon = undefined
      this.#check()
    }, AFTER_CHANGE)
  }

  stop(): void {
    this.#stopped = true
    this.#options.clock.clearTimeout(this.#soon)
    this.#options.clock.clearTimeout(this.#later)
  }

  #isOver(record: QueuedCommand, replicas: Replicas): boolean {
    return this.#options.queue.isOvertaken(record) || isEffectSeen(record, replicas, this.#options.user)
  }

  #check(): void {
    const { clock, queue, replicas, onSeen } = this.#options
    clock.clearTimeout(this.#later)
    const world = replicas()
    const open = queue.list().filter((record) => record.status === 'settled' && !this.isSeen(record))
    const seen = open.filter((record) => this.#isOver(record, world)).map((record) => record.id)
    if (seen.length < open.length) this.#later = clock.setTimeout(() => this.#check(), MEANWHILE)
    if (seen.length === 0) return
    for (const id of seen) this.#seen.add(id)
    void queue.markSeen(seen).then(
      () => seen.forEach((id) => this.#seen.delete(id)),
      () => undefined,
    )
    onSeen()
  }
}
