import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import type { Said } from '../sequencer/effects.ts'

/** What is committed within this time is written down together, ms. */
const GATHER_MS = 100
/** Beyond, what cannot be written down is let go: messages are not to fill the memory because the database is away. */
const MOST_HELD = 10_000

interface Noted extends Said {
  room: Id
}

export interface MessageNotesOptions {
  db: Database
  log: { warn(fields: object, message: string): void }
  /** Something was written down. */
  onNoted: () => void
  now: () => number
}

/**
 * Writes down, after their commit and beside its way, messages that somebody may have to be told of; nothing waits for it. Rooms in which nobody has a device to be told on cost a look in an index.
 * A process that is killed between commit and this tells nobody by push of what came in that tenth of a second; the messages themselves are where they belong.
 */
export class MessageNotes {
  private held: Noted[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private writing: Promise<void> = Promise.resolve()
  private readonly options: MessageNotesOptions

  constructor(options: MessageNotesOptions) {
    this.options = options
  }

  add(room: Id, said: readonly Said[]): void {
    if (said.length === 0 || this.held.length > MOST_HELD) return
    for (const one of said) this.held.push({ room, ...one })
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS)
  }

  /** Writes down what is held. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.writing = this.writing.then(() => this.write())
    return this.writing
  }

  private async write(): Promise<void> {
    const { db, log, onNoted, now } = this.options
    const batch = this.held.splice(0)
    if (batch.length === 0) return
    try {
      // The edit of a message that is still new is part of its news.
      const { rowCount } = await db.query(
        `insert into push_messages (room_id, seq, at, anew)
         select x.room, x.seq, $2, x.anew from jsonb_to_recordset($1::jsonb) as x(room uuid, seq bigint, anew jsonb)
          where exists (select 1 from members m join push_subscriptions s on s.user_id = m.user_id where m.room_id = x.room)
          order by 1, 2
         on conflict (room_id, seq) do update set anew = push_messages.anew || excluded.anew`,
        [JSON.stringify(merged(batch)), now()],
      )
      if (rowCount > 0) onNoted()
    } catch (error) {
      log.warn({ err: error }, 'it could not be written down whom to tell of messages')
    }
  }
}

/** One for each message. */
function merged(batch: readonly Noted[]): Noted[] {
  const all = new Map<string, Noted>()
  for (const one of batch) {
    const key = `${one.room}/${one.seq}`
    const before = all.get(key)
    if (before === undefined) all.set(key, one)
    else if (before.anew !== undefined && one.anew !== undefined) before.anew = [...new Set([...before.anew, ...one.anew])]
  }
  return [...all.values()]
}
