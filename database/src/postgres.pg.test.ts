import { describe, expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { startPostgres } from './testing.ts'

describe('a Postgres that goes away', () => {
  it('fails what is under way without an SQLSTATE of the data, undoes it, and is used again once it is back', async () => {
    const server = await startPostgres()
    const db = await openDatabase({ url: server.url })
    await db.query('CREATE TABLE kept (n int)')
    const killer = await openDatabase({ url: server.url })

    const lost = db.tx(async (q) => {
      await q.query('INSERT INTO kept VALUES (1)')
      const { rows } = await q.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await killer.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await q.query('INSERT INTO kept VALUES (2)')
    })
    const error = await lost.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect((error as { code?: string }).code ?? '').not.toMatch(/^2[23]/)
    expect((await db.query('SELECT n FROM kept')).rows).toEqual([])

    // An error that the caller throws after the connection was lost must not hide that.
    const hidden = db.tx(async (q) => {
      const { rows } = await q.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await killer.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await q.query('SELECT 1').catch(() => {})
      throw new Error('mine')
    })
    await expect(hidden).rejects.not.toThrow('mine')

    server.pause()
    const waiting = db.query('SELECT 1 AS n')
    server.resume()
    expect((await waiting).rows).toEqual([{ n: 1 }])

    await server.stop()
    await expect(db.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await Promise.all([db.close(), killer.close()])
  })
})
