import type { Database, Queryable } from '@chatflow/database'

interface Answer {
  rows: Record<string, unknown>[]
  rowCount: number
}

/** What sabotage does to what an instance asks or is told; undefined leaves it as it is. */
export interface DatabaseSabotage {
  change?: (sql: string, values: readonly unknown[], answer: Answer) => Answer
  /** Answers a transaction before it is committed, as a server that marks first would. */
  answerBeforeCommit?: boolean
}

/** What several instances share: how many queries are under way, and how many of the next ones fail. */
export class DatabaseFaults {
  underWay = 0
  failures = 0
}

/**
 * The database as one server instance sees it: it may be away for some queries, and the instance may die at any query, also between a
 * commit and what would follow it. To a dead instance nothing ever answers.
 */
export class FaultyDatabase implements Database {
  readonly kind = 'pglite'
  dead = false
  /** Dies when its next writing transaction has committed. */
  dieAfterCommit = false
  onDeath: () => void = () => undefined
  private readonly db: Database
  private readonly faults: DatabaseFaults
  private readonly sabotage: DatabaseSabotage

  constructor(db: Database, faults: DatabaseFaults, sabotage: DatabaseSabotage = {}) {
    this.db = db
    this.faults = faults
    this.sabotage = sabotage
  }

  get pool(): Database['pool'] {
    return this.db.pool
  }

  async query<R extends object = Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<{ rows: R[]; rowCount: number }> {
    return this.guarded(() => this.ask<R>(this.db, text, values))
  }

  async tx<T>(fn: (q: Queryable) => Promise<T>): Promise<T> {
    let wrote = false
    const early = Promise.withResolvers<T>()
    early.promise.catch(() => undefined)
    const whole = this.guarded<T>(() =>
      this.db.tx(async (q) => {
        const result = await fn({
          query: <R extends object>(text: string, values: readonly unknown[] = []) => {
            if (text.startsWith('insert into commands')) wrote = true
            return this.ask<R>(q, text, values)
          },
        })
        if (this.sabotage.answerBeforeCommit && wrote) {
          early.resolve(result)
          // What was told goes out; the commit never comes.
          if (this.dieAfterCommit) {
            setTimeout(() => this.die(), 100)
            throw new Error('dead before the commit')
          }
        }
        return result
      }),
    )
    whole.catch(() => undefined)
    const result = await (this.sabotage.answerBeforeCommit ? Promise.race([whole, early.promise]) : whole)
    if (wrote && this.dieAfterCommit && !this.sabotage.answerBeforeCommit) {
      this.die()
      return new Promise(() => undefined)
    }
    return result
  }

  async close(): Promise<void> {
    this.dead = true
  }

  die(): void {
    if (this.dead) return
    this.dead = true
    this.dieAfterCommit = false
    this.onDeath()
  }

  private async ask<R extends object>(q: Queryable, text: string, values: readonly unknown[]): Promise<{ rows: R[]; rowCount: number }> {
    if (this.dead) throw new Error('dead')
    if (this.faults.failures > 0) {
      this.faults.failures -= 1
      throw Object.assign(new Error('the connection is lost'), { code: '08006' })
    }
    const answer = await q.query<R>(text, values)
    return (this.sabotage.change?.(text, values, answer as Answer) ?? answer) as { rows: R[]; rowCount: number }
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    const never = new Promise<T>(() => undefined)
    if (this.dead) return never
    this.faults.underWay += 1
    const outcome = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    this.faults.underWay -= 1
    if (this.dead) return never
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }
}
