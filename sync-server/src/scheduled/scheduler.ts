import type { Database } from '@chatflow/database'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { type Id, scheduledMessageId } from '@chatflow/shared/ids'
import { raiseUsers } from '../people/person-changed.ts'
import type { Effects } from '../sequencer/effects.ts'
import { forgetStored } from './scheduled-commands.ts'

export interface SchedulerOptions {
  db: Database
  submit: (user: Id, command: Command) => Promise<CommandResult>
  follow: (effects: Effects) => void
  log: { warn(fields: object, message: string): void }
  now?: () => number
}

interface DueRow {
  id: Id
  user_id: Id
  room_id: Id
  text: string
  reply_to: Id | null
  attempt: number
}

const AT_ONCE = 50
/** What was taken so long ago, by an instance that has died perhaps, is taken again: the sequencer knows a repeat by its id. */
const TAKEN_FOR_MS = 10_000

/**
 * Sends what is due as its author's own message, through the sequencer like any other: once, however often it is tried, by whichever instance, also when its
 * time passed while nothing ran (R2, R4). What is refused by then stays with its author, with the reason (R8).
 */
export class Scheduler {
  private readonly options: SchedulerOptions
  /** Written down at present, after the sequencer's answer. */
  private readonly finishing = new Set<Promise<void>>()
  private stopped = false

  constructor(options: SchedulerOptions) {
    this.options = options
  }

  /** Takes what is due. Throws what the database throws; the next beat tries again. */
  async beat(): Promise<void> {
    const { db, now = Date.now } = this.options
    const time = now()
    const due = await db.query<DueRow>(
      `update scheduled set taken_at = $1 where id in (
         select id from scheduled where failed is null and send_at <= $1 and (taken_at is null or taken_at < $1 - $2::bigint) order by send_at, id limit $3 for update skip locked)
       returning id, user_id, room_id, text, reply_to, attempt`,
      [time, TAKEN_FOR_MS, AT_ONCE],
    )
    for (const row of due.rows) {
      if (this.stopped) return
      void this.send(row, time).catch((error: unknown) => this.options.log.warn({ err: error }, 'a scheduled message could not be sent; it is tried again soon'))
    }
  }

  /** Waits for what has been answered; the rest is left to other instances. */
  async close(): Promise<void> {
    this.stopped = true
    await Promise.allSettled(this.finishing)
  }

  private async send(row: DueRow, at: number): Promise<void> {
    const { id, user_id: user, room_id: room, text, reply_to: replyTo, attempt } = row
    const command: Command = { v: 1, id: scheduledMessageId(id), attempt, type: 'message.send', room, at, text, ...(replyTo === null ? {} : { replyTo }) }
    const result = await this.options.submit(user, command)
    const finish = this.finish(row, result)
    this.finishing.add(finish)
    await finish.finally(() => this.finishing.delete(finish))
  }

  private async finish({ id, user_id: user, attempt }: DueRow, result: CommandResult): Promise<void> {
    await this.options.db.tx(async (q) => {
      // In the order of the author's own commands: first the user, then the scheduled message.
      await raiseUsers(q, [user])
      if (result.status === 'rejected') await q.query('update scheduled set failed = $2, taken_at = null where id = $1 and attempt = $3', [id, result.code, attempt])
      else {
        await q.query('delete from scheduled where id = $1', [id])
        await forgetStored(q, user)
      }
    })
    this.options.follow({ users: [user] })
  }
}
