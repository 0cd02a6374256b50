import type { Id } from '@chatflow/shared/ids'
import type { Clock, Timer } from '../platform/platform.ts'
import type { People } from './people.ts'
import type { RoomReplica } from './room-replica.ts'
import type { RoomSummaries } from './room-summaries.ts'
import { countUnread } from './unread.ts'
import type { UserReplica } from './user-replica.ts'

/** ms from a change to the renewal of what the list of rooms shows without replicas. */
const AFTER_CHANGE = 250

export interface SummaryKeeperOptions {
  clock: Clock
  user: Id
  mine: Pick<UserReplica, 'cursor'>
  summaries: Pick<RoomSummaries, 'take'>
  people: People
  /** Replicas that are held. */
  held(): readonly RoomReplica[]
  /** All of them have been read; `renamed`: somebody has another name than before. */
  onRead(renamed: boolean): void
}

/** Writes down, for when no replica is held, what replicas say: how far each room is, what is unread in it, and the names of people. */
export class SummaryKeeper {
  readonly #options: SummaryKeeperOptions
  #timer: Timer | undefined

  constructor(options: SummaryKeeperOptions) {
    this.#options = options
  }

  /** Something has changed: what is held is read in a moment. */
  changed(): void {
    const { clock, people, held, onRead } = this.#options
    this.#timer ??= clock.setTimeout(() => {
      this.#timer = undefined
      const known = people.version
      for (const replica of held()) this.take(replica)
      onRead(people.version !== known)
    }, AFTER_CHANGE)
  }

  take(replica: RoomReplica): void {
    if (replica.highest === 0) return
    const { user, mine, summaries, people } = this.#options
    const cursor = mine.cursor(replica.room)
    summaries.take(replica, cursor, countUnread(replica, cursor, user))
    for (const [id, person] of replica.members()) people.meet(id, person)
    for (const segment of replica.segments()) for (const [id, person] of segment.people()) people.meet(id, person)
  }

  /** Nothing is read by itself any more. */
  stop(): void {
    this.#options.clock.clearTimeout(this.#timer)
  }
}
