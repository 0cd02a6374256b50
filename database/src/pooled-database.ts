import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { DatabaseError } from './database-error.ts'
import type { Database, Queryable } from './types.ts'

const INT8 = 20

/** Readers of column types, the same in all kinds: int8 as a number (ours are times in ms and counters, far below 2^53). */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

interface Options {
  kind: Database['kind']
  pool: pg.Pool
  /** Lets go of what stands behind the pool; called once, after the pool has ended. */
  onClose?: () => Promise<void>
  /** Says why no query can work any more, once that is so. */
  failure?: () => DatabaseError | undefined
  /** Awaited after a connection was lost, until `failure` knows whether that was for good. */
  onLost?: () => Promise<void>
}

/** `Database` over a `pg` pool, whatever the pool is connected to. */
export class PooledDatabase implements Database {
  readonly kind: Database['kind']
  readonly pool: pg.Pool
  readonly #options: Options
  readonly #scope = new AsyncLocalStorage<{ open: boolean }>()
  #closing: Promise<void> | undefined

  constructor(options: Options) {
    this.kind = options.kind
    this.pool = options.pool
    this.#options = options
    // A connection that is lost while idle, or between two statements, is replaced on the next use; unheard, the event would end the process.
    this.pool.on('error', () => {})
    this.pool.on('connect', (client) => client.on('error', () => {}))
    this.#guardPool()
  }

  async query<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]) {
    this.#check()
    return this.#withSession((session) => session.query<R>(text, values))
  }

  async tx<T>(fn: (q: Queryable) => Promise<T>): Promise<T> {
    this.#check()
    return this.#withSession(async (session) => {
      const scope = { open: true }
      /** Of the statements that were sent together, the one that failed first; those behind it only say that the transaction is over. */
      let failed: unknown
      const query: Queryable['query'] = (text, values) => {
        if (!scope.open) return Promise.reject(new DatabaseError('misuse', 'A query was sent through a transaction that has ended already.'))
        return session.query<never>(text, values).catch((error: unknown) => {
          failed ??= error
          throw error
        })
      }
      // Not waited for: statements are answered in order, and one that follows a lost BEGIN is lost with the connection.
      const begun = session.query('BEGIN')
      begun.catch(() => undefined)
      let result: T
      try {
        result = await this.#scope.run(scope, () => fn({ query }))
        await begun
      } catch (error) {
        // First of all: what `fn` has left running must not get behind the ROLLBACK, where it would count.
        scope.open = false
        if (session.lost === undefined) await session.query('ROLLBACK')
        throw session.lost ?? (isAborted(error) ? failed : error)
      } finally {
        scope.open = false
      }
      const { command } = await session.query('COMMIT')
      // After an error that `fn` swallowed, Postgres answers COMMIT with ROLLBACK: that must not pass for success.
      if (command === 'ROLLBACK') throw new DatabaseError('misuse', 'The transaction was rolled back: a statement in it failed and the error was swallowed.')
      return result
    })
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.pool.end()
      await this.#options.onClose?.()
    })()
    return this.#closing
  }

  #check(): void {
    if (this.#scope.getStore()?.open) {
      throw new DatabaseError('misuse', 'A query beside an open transaction: inside tx(fn) use only the queryable that fn is given.')
    }
    const failure = this.#options.failure?.()
    if (failure) throw failure
    if (this.#closing) throw new DatabaseError('closed', 'The database has been closed.')
  }

  async #withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    let session: Session | undefined
    try {
      session = new Session(await this.pool.connect())
      return await work(session)
    } catch (error) {
      if (session !== undefined && session.lost === undefined) throw error
      await this.#options.onLost?.()
      throw this.#options.failure?.() ?? error
    } finally {
      session?.client.release(session.lost !== undefined)
    }
  }

  /** Libraries reach the pool directly; the same rules hold for them. */
  #guardPool(): void {
    const connect = this.pool.connect.bind(this.pool) as (...args: unknown[]) => unknown
    this.pool.connect = ((...args: unknown[]) => {
      this.#check()
      return connect(...args)
    }) as typeof this.pool.connect
  }
}

/** One connection for the time of one query or transaction. */
class Session {
  readonly client: pg.PoolClient
  /** The error after which this connection cannot be used again. */
  lost: unknown
  /** The last statement sent, on a connection that takes one at a time. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(client: pg.PoolClient) {
    this.client = client
  }

  async query<R extends object>(text: string, values?: readonly unknown[]) {
    try {
      const result = await this.#send<R>(text, values)
      return { rows: result.rows, rowCount: result.rowCount ?? 0, command: result.command }
    } catch (error) {
      if (isConnectionLost(error)) this.lost = error
      throw error
    }
  }

  #send<R extends object>(text: string, values: readonly unknown[] | undefined): Promise<pg.QueryResult<R>> {
    const send = () => (values === undefined ? this.client.query<R>(text) : this.client.query<R>(text, [...values]))
    if (this.client.pipeline) return send()
    const sent = this.#last.then(send)
    this.#last = sent.catch(() => undefined)
    return sent
  }
}

/** A statement was refused only because one before it in the transaction had failed. */
function isAborted(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '25P02'
}

/** True unless the server answered with an error of a statement, after which the connection is still good. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return true
  return error.severity === 'FATAL' || error.severity === 'PANIC' || /^(08|57P)/.test(error.code ?? '')
}
