import type { Database } from '@chatflow/database'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { Effects } from './effects.ts'
import { isDataError, RoomChangedMeanwhile } from './errors.ts'
import { keepAnswers } from './known-commands.ts'
import { Queue } from './queue.ts'
import { rejected } from './rejection.ts'
import { type BatchOutcome, commitRoomBatch } from './room-batch.ts'
import type { Submission } from './room-state.ts'
import { commitUserBatch, isUserCommand } from './user-batch.ts'

export interface SequencerOptions {
  db: Database
  /** Called after each commit and before the commands are answered: documents first, then marks. Must not throw. */
  onCommitted: (effects: Effects) => void
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  now?: () => number
}

/** Batches committed at the same time by one instance, over all rooms; more would only wait for connections. */
const CONCURRENT_BATCHES = 6
const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 5_000

/**
 * The heart: takes commands, commits them in batches per room, and answers each once its effect is committed.
 * Rooms take turns; within a room the order of arrival is the order of commit.
 */
export class Sequencer {
  private readonly queues = new Map<string, Queue>()
  /** Keys of queues with something to do, in turn. */
  private readonly turns: string[] = []
  private running = 0
  private closed = false
  private idle: (() => void)[] = []
  private readonly sleepers = new Set<() => void>()
  private readonly options: SequencerOptions

  constructor(options: SequencerOptions) {
    this.options = options
  }

  /**
   * Resolves once the command is committed or refused; it waits as long as the database is away.
   * Rejects with `shutting_down` when this instance stops before the command was taken up: the client offers it again elsewhere.
   */
  submit(user: Id, command: Command): Promise<CommandResult> {
    if (this.closed) return Promise.reject(new CodedError('shutting_down'))
    const key = isUserCommand(command) ? `user/${user}` : `room/${command.room}`
    let queue = this.queues.get(key)
    if (queue === undefined) {
      queue = new Queue()
      this.queues.set(key, queue)
      this.turns.push(key)
    }
    const result = queue.push({ user, command })
    this.next()
    return result
  }

  /** Takes nothing new and waits for the batches in flight. What still waits in queues is not answered. */
  async close(): Promise<void> {
    this.closed = true
    this.turns.length = 0
    for (const wake of this.sleepers) wake()
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve))
  }

  private next(): void {
    while (this.running < CONCURRENT_BATCHES) {
      const key = this.turns.shift()
      if (key === undefined) break
      this.running += 1
      void this.turn(key).finally(() => {
        this.running -= 1
        if (this.closed && this.running === 0) for (const resolve of this.idle.splice(0)) resolve()
        else this.next()
      })
    }
  }

  private async turn(key: string): Promise<void> {
    const queue = this.queues.get(key)
    if (queue === undefined) return
    const { batch, answer } = queue.take()
    const outcome = await this.commit(key, batch)
    if (outcome !== undefined) {
      this.options.onCommitted(outcome.effects)
      answer(outcome.results)
    }
    if (this.closed) return
    if (queue.length === 0) this.queues.delete(key)
    else this.turns.push(key)
  }

  /** Retries a batch until the database takes it; undefined only when closing. */
  private async commit(key: string, batch: readonly Submission[]): Promise<BatchOutcome | undefined> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.attempt(key, batch)
      } catch (error) {
        if (isDataError(error)) return this.oneByOne(key, batch)
        if (error instanceof RoomChangedMeanwhile && attempt < 10) continue
        this.options.log.warn({ err: error, attempt, commands: batch.length }, 'a batch could not be committed and will be tried again')
        if (this.closed) return undefined
        await this.pause(Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS))
        if (this.closed) return undefined
      }
    }
  }

  private attempt(key: string, batch: readonly Submission[]): Promise<BatchOutcome> {
    const { db, now = Date.now } = this.options
    const id = key.slice(key.indexOf('/') + 1)
    return key.startsWith('user/') ? commitUserBatch(db, id, batch, now()) : commitRoomBatch(db, id, batch, now())
  }

  /** Something in the batch does not fit the database: each command by itself, so that one bad one never blocks the next. */
  private async oneByOne(key: string, batch: readonly Submission[]): Promise<BatchOutcome | undefined> {
    const first = batch[0]
    if (batch.length === 1 && first !== undefined) return this.refuse(first)
    const merged: BatchOutcome = { results: new Map(), effects: { users: [] } }
    for (const submission of batch) {
      const outcome = await this.commit(key, [submission])
      if (outcome === undefined) return merged
      for (const [id, result] of outcome.results) merged.results.set(id, result)
      // Each part is told at once; only the answers are gathered.
      this.options.onCommitted(outcome.effects)
    }
    return merged
  }

  private async refuse(submission: Submission): Promise<BatchOutcome> {
    const { db, now = Date.now, log } = this.options
    const code = 'invalid_command'
    log.error({ type: submission.command.type }, 'the database refused the data of a command')
    try {
      await db.tx((q) => keepAnswers(q, [{ submission, seq: null, code }], now()))
    } catch (error) {
      log.warn({ err: error }, 'a refusal could not be kept; a repeat will be judged anew')
    }
    return { results: new Map([[submission.command.id, rejected(submission.command.id, code)]]), effects: { users: [] } }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.sleepers.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.sleepers.add(done)
    })
  }
}
