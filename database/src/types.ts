import type pg from 'pg'

export interface Queryable {
  /**
   * Runs one statement with its values as parameters `$1`, `$2`, ... (or, without values, several statements).
   * int8 arrives as a number, bytea as a Buffer, json and jsonb parsed. Errors of the server carry its SQLSTATE in `code`.
   */
  query<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: R[]; rowCount: number }>
}

/** The one way to Postgres, for both servers: a real one, or the embedded PGlite. */
export interface Database extends Queryable {
  readonly kind: 'pglite' | 'postgres'
  /**
   * BEGIN, `fn`, COMMIT; ROLLBACK if `fn` throws. Inside `fn` only its own `q` may be used: PGlite has one connection, so a query
   * beside the transaction would wait for itself. Such a query throws at once, on Postgres too.
   */
  tx<T>(fn: (q: Queryable) => Promise<T>): Promise<T>
  /** For libraries that want a pool of `pg` (lucia's adapter); everything of ours uses `query` and `tx`. */
  readonly pool: pg.Pool
  /** Waits for queries in flight, then lets go of everything. Calling it again is harmless. */
  close(): Promise<void>
}
