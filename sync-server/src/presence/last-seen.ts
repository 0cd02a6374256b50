import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { coarseTime, type Status } from '@chatflow/shared/presence'
import type { PresenceRows } from './presence-rows.ts'

/** When people were last here, written at most once a minute each. */
export class LastSeen {
  private readonly rows: Pick<PresenceRows, 'saveLastSeen' | 'lastSeen'>
  private readonly noted = new Map<Id, number>()
  private readonly savedAt = new Map<Id, number>()
  private allAt = 0

  constructor(rows: Pick<PresenceRows, 'saveLastSeen' | 'lastSeen'>) {
    this.rows = rows
  }

  /** The person was here until now. */
  note(user: Id, now: number): void {
    this.noted.set(user, now)
  }

  /** Writes what is due: of everybody who is online each minute, of the others once what was written last is a minute old. */
  async save(here: ReadonlyMap<Id, Status>, now: number): Promise<void> {
    if (now - this.allAt >= LIMITS.lastSeenEveryMs) {
      this.allAt = now
      for (const [user, status] of here) if (status === 'online') this.noted.set(user, now)
    }
    for (const [user, at] of this.savedAt) if (now - at >= LIMITS.lastSeenEveryMs) this.savedAt.delete(user)
    const due = new Map([...this.noted].filter(([user]) => !this.savedAt.has(user)))
    await this.rows.saveLastSeen(due)
    for (const [user, at] of due) {
      if (this.noted.get(user) === at) this.noted.delete(user)
      this.savedAt.set(user, now)
    }
  }

  /** As far as they show it: ms, to the minute. */
  async of(users: readonly Id[]): Promise<Map<Id, number>> {
    const seen = await this.rows.lastSeen(users)
    return new Map([...seen].map(([user, at]) => [user, coarseTime(at)]))
  }
}
