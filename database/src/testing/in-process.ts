import { Duplex } from 'node:stream'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { PooledDatabase, types } from '../pooled-database.ts'
import type { Database } from '../types.ts'
import { loadTemplate } from './template.ts'

/** Instances whose database has been closed, empty again: a new one takes a second, an emptied one milliseconds. */
const idle: PGlite[] = []

/**
 * An empty database in memory, in this thread, without worker, socket or timer: the same calls give the same order of events.
 * It goes through `pg` like the others, so types and errors are the same. Transactions take turns on its one connection.
 */
export async function openInProcessDatabase(): Promise<Database & { pglite: PGlite }> {
  const pglite = idle.pop() ?? (await PGlite.create({ loadDataDir: await loadTemplate() }))
  const pool = new pg.Pool({ stream: () => new PgliteStream(pglite) as never, user: 'postgres', max: 1, idleTimeoutMillis: 0, types })
  const db = new PooledDatabase({ kind: 'pglite', pool, onClose: () => empty(pglite) })
  return Object.assign(db, { pglite })
}

/** Ends the instances kept for reuse: for programs that are to exit by themselves (vitest ends its processes anyway). */
export async function disposeInProcessDatabases(): Promise<void> {
  await Promise.all(idle.splice(0).map((pglite) => pglite.close()))
}

async function empty(pglite: PGlite): Promise<void> {
  if (pglite.isInTransaction()) await pglite.exec('ROLLBACK')
  await pglite.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await pglite.exec('DISCARD ALL')
  idle.push(pglite)
}

/** What `pg` takes for its socket: requests go straight into PGlite, answers straight out of it. */
class PgliteStream extends Duplex {
  readonly #pglite: PGlite

  constructor(pglite: PGlite) {
    super()
    this.#pglite = pglite
  }

  connect(): void {
    process.nextTick(() => this.emit('connect'))
  }

  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const answer = (data: Uint8Array) => void (data.length > 0 && this.push(Buffer.from(data)))
    const work = this.#pglite.runExclusive(() => this.#pglite.execProtocolRawStream(new Uint8Array(chunk), { onRawData: answer }))
    void settle(work, done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', done)
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }
}

async function settle(work: Promise<void>, done: (error?: Error | null) => void): Promise<void> {
  let failure: Error | null = null
  try {
    await work
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
  }
  done(failure)
}
