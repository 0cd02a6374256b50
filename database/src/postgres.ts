import pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { PooledDatabase, types } from './pooled-database.ts'

const CONNECTIONS = 10
const CONNECT_MS = 5_000
/** The server ends a statement after 30 s; a server that has stopped answering at all is given up a little later. */
const STATEMENT_MS = 30_000
const ANSWER_MS = 40_000

/** A pool of connections to a real Postgres. Throws `unreachable` if it does not answer. */
export async function openPostgres(url: string): Promise<PooledDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    // What a transaction sends without waiting travels together: one round trip instead of one a statement.
    pipeline: true,
    application_name: 'chatflow',
    types,
  })
  const db = new PooledDatabase({ kind: 'postgres', pool })
  try {
    await db.query('SELECT 1')
    return db
  } catch (error) {
    await db.close()
    const why = error instanceof Error ? error.message || ((error as NodeJS.ErrnoException).code ?? error.name) : String(error)
    throw new DatabaseError('unreachable', `Cannot reach the database of DATABASE_URL (${place(url)}): ${why}.`, error)
  }
}

/** Host and database name, without user and password. */
function place(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host || 'local socket'}${pathname}`
  } catch {
    return 'it is not a valid address'
  }
}
