import { docName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Command } from '@chatflow/shared/command'
import type { Clock, Timer } from '../platform/platform.ts'
import type { CommandQueue, QueuedCommand } from './command-queue.ts'
import { afterRefusal, delayMs } from './connection-policy.ts'
import type { Connection } from './connection.ts'
import { makers, makersOf } from './dependencies.ts'
import { DocumentProvider } from './document-provider.ts'
import { OutboxDocument } from './outbox-document.ts'

/** ms that a run with enough marks may wait for its last commands before the next run begins without them. */
const LAST_MARKS_WITHIN = 2_000
/** ms after which a failed write of marks is tried again. */
const STORE_RETRY = 1_000

export interface OutboxEnvironment {
  clock: Clock
  random(): number
  newId(): Id
  connection: Connection
  queue: CommandQueue
  user: Id
  device: Id
}

/** Offers what waits in the queue to the server, a window at a time, and writes down what the server says. */
export class Outbox {
  readonly #env: OutboxEnvironment
  #run: { document: OutboxDocument; provider: DocumentProvider } | undefined
  /** The server's hello of the present connection has come. */
  #greeted = false
  #working = false
  #again = false
  #failures = 0
  #timer: Timer | undefined
  #closed = false

  constructor(env: OutboxEnvironment) {
    this.#env = env
    env.queue.changed.add(() => this.#poke())
    env.connection.closed.add(() => {
      this.#greeted = false
      this.#detach()
    })
  }

  /** True while a new command goes out as soon as it is kept. */
  get isOpen(): boolean {
    return this.#run !== undefined
  }

  /** The hello has come, and its epoch has been dealt with: only now may commands go out. */
  greeted(): void {
    this.#greeted = true
    this.#begin()
  }

  close(): void {
    this.#closed = true
    this.#detach()
  }

  /** What a command waits for on this device, if anything. */
  isBlocked(command: Command): boolean {
    const open = this.#env.queue.list().filter((record) => record.status !== 'settled')
    return makersOf(command, makers(open)).length > 0
  }

  #begin(): void {
    this.#detach()
    if (!this.#greeted || this.#closed) return
    const env = this.#env
    const document = new OutboxDocument()
    const again = () => {
      this.#detach()
      this.#later(delayMs('backoff', this.#failures, env.random()), () => this.#begin())
      this.#failures += 1
    }
    const provider = new DocumentProvider({
      socket: env.connection.socket,
      name: docName.outbox(env.user, env.device, env.newId()),
      document: document.doc,
      awareness: null,
      token: () => env.connection.token(),
      readOnly: false,
      events: {
        authenticated: () => undefined,
        confirmed: () => undefined,
        ahead: () => undefined,
        closed: again,
        stateless: () => undefined,
        refused: (reason) => {
          const after = afterRefusal(reason)
          if (after.next === 'refresh' || after.next === 'refused') env.connection.documentRefused(after)
          else again()
        },
      },
    })
    this.#run = { document, provider }
    document.onMarks(() => this.#poke())
    this.#poke()
  }

  #detach(): void {
    this.#env.clock.clearTimeout(this.#timer)
    this.#timer = undefined
    const run = this.#run
    this.#run = undefined
    if (!run) return
    run.provider.destroy()
    run.document.doc.destroy()
  }

  #poke(): void {
    if (this.#working) {
      this.#again = true
      return
    }
    this.#working = true
    // In a microtask: a mark arrives inside a Yjs transaction, and several changes of the queue come together.
    queueMicrotask(() => void this.#work())
  }

  async #work(): Promise<void> {
    do {
      this.#again = false
      const run = this.#run
      if (!run) break
      try {
        await this.#takeMarks(run.document)
        if (run === this.#run) await this.#offer(run.document)
      } catch {
        // The device's store is broken in a way that the queue cannot bridge: it is tried again.
        this.#later(STORE_RETRY, () => this.#poke())
      }
    } while (this.#again)
    this.#working = false
  }

  async #takeMarks(document: OutboxDocument): Promise<void> {
    const marks = document.marks()
    if (marks.length === 0) return
    this.#failures = 0
    await this.#env.queue.settle(marks)
    document.remove(new Set(marks.map((mark) => mark.id)))
  }

  async #offer(document: OutboxDocument): Promise<void> {
    const queue = this.#env.queue
    const gone = document.ids().filter((id) => queue.get(id) === undefined)
    if (gone.length > 0) document.remove(new Set(gone))
    const waiting = queue.list().filter((record) => record.status === 'waiting' && !record.sending)
    // A command offered before in this run under a lower attempt: its old mark could still come and be taken for the new.
    if (waiting.some((record) => (document.attemptOf(record.id) ?? Infinity) < (record.command.attempt ?? 1))) {
      this.#begin()
      return
    }
    if (document.marksSeen >= LIMITS.outboxRunMarks) {
      if (document.count === 0) this.#begin()
      else if (this.#timer === undefined) this.#later(LAST_MARKS_WITHIN, () => this.#begin())
      return
    }
    const next = window(document, waiting, queue.list())
    if (next.length === 0) return
    const still = await queue.markOffered(next.filter((offer) => !queue.get(offer.command.id)?.offered).map((offer) => offer.command.id))
    if (this.#run?.document !== document) return
    document.push(
      next.filter(({ command }) => {
        const record = queue.get(command.id)
        return record?.status === 'waiting' && (still.has(command.id) || record.offered)
      }),
    )
  }

  #later(ms: number, work: () => void): void {
    this.#env.clock.clearTimeout(this.#timer)
    this.#timer = this.#env.clock.setTimeout(() => {
      this.#timer = undefined
      work()
    }, ms)
  }
}

const encoder = new TextEncoder()

/** What of the queue fits into the window now, in the queue's order, without what has to wait. */
function window(document: OutboxDocument, waiting: readonly QueuedCommand[], all: readonly QueuedCommand[]): { command: Command; bytes: number }[] {
  const made = makers(all.filter((record) => record.status !== 'settled'))
  const next: { command: Command; bytes: number }[] = []
  let bytes = document.bytes
  for (const record of waiting) {
    if (document.has(record.id) || makersOf(record.command, made, record.order).length > 0) continue
    const size = encoder.encode(JSON.stringify(record.command)).byteLength
    const count = document.count + next.length
    if (count > 0 && (count >= LIMITS.outboxWindowCommands || bytes + size > LIMITS.outboxWindowBytes)) break
    next.push({ command: record.command, bytes: size })
    bytes += size
  }
  return next
}
