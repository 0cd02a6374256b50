import type { CommandResult } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Submission } from './room-state.ts'

interface Waiting {
  submission: Submission
  answer: (result: CommandResult) => void
}

/**
 * Commands waiting for one lock (a room's or a user's), in the order of arrival. What piles up while one batch
 * is committed is the next batch: group commit without a timer.
 */
export class Queue {
  private waiting: Waiting[] = []

  push(submission: Submission): Promise<CommandResult> {
    return new Promise((answer) => this.waiting.push({ submission, answer }))
  }

  get length(): number {
    return this.waiting.length
  }

  /**
   * Takes the next batch. A command id stands in it once: a second arrival of the same id by the same user shares the first's answer,
   * or, with a higher attempt, waits for the next batch, as does an id that another user claims.
   */
  take(): { batch: Submission[]; answer: (results: ReadonlyMap<Id, CommandResult>) => void } {
    const batch: Submission[] = []
    const byId = new Map<Id, Submission>()
    const taken: Waiting[] = []
    const left: Waiting[] = []
    for (const [index, item] of this.waiting.entries()) {
      const { user, command } = item.submission
      const first = byId.get(command.id)
      if (first === undefined) {
        if (batch.length === LIMITS.batch) {
          left.push(...this.waiting.slice(index))
          break
        }
        byId.set(command.id, item.submission)
        batch.push(item.submission)
        taken.push(item)
      } else if (first.user === user && (command.attempt ?? 1) <= (first.command.attempt ?? 1)) {
        taken.push(item)
      } else {
        left.push(...this.waiting.slice(index))
        break
      }
    }
    this.waiting = left
    return {
      batch,
      answer: (results) => {
        for (const { submission, answer } of taken) {
          const result = results.get(submission.command.id)
          if (result !== undefined) answer(result)
        }
      },
    }
  }
}
