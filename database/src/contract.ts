import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './types.ts'

/** What every kind of database does alike; run against each. */
export function databaseContract(name: string, open: () => Promise<Database>): void {
  describe(`a database (${name})`, () => {
    let db: Database
    beforeAll(async () => {
      db = await open()
      await db.query('CREATE TABLE thing (id int PRIMARY KEY, name text UNIQUE)')
    }, 60_000)
    afterAll(() => db.close())

    const ids = async () => (await db.query<{ id: number }>('SELECT id FROM thing ORDER BY id')).rows.map((row) => row.id)

    it('gives the common types in one way', async () => {
      const { rows } = await db.query(
        `SELECT $1::bigint AS big, $2::bytea AS bytes, $3::jsonb AS doc, $4::text AS text, $5::boolean AS yes, $6::uuid AS id, $7::int[] AS list, $8::text AS nothing`,
        [1_700_000_000_123, new Uint8Array([0, 1, 255]), JSON.stringify({ a: [1, null] }), 'ä"\'\\ $1 \u{1f600}', true, '01890000-0000-7000-8000-000000000000', [1, 2], null],
      )
      const row = rows[0] as Record<string, unknown>
      expect(row).toMatchObject({ big: 1_700_000_000_123, doc: { a: [1, null] }, text: 'ä"\'\\ $1 \u{1f600}', yes: true, list: [1, 2], nothing: null })
      expect(row['id']).toBe('01890000-0000-7000-8000-000000000000')
      expect(row['bytes']).toBeInstanceOf(Uint8Array)
      expect([...(row['bytes'] as Uint8Array)]).toEqual([0, 1, 255])
    })

    it('counts rows as numbers', async () => {
      const { rows, rowCount } = await db.query<{ n: number }>('SELECT count(*) AS n FROM generate_series(1, 3)')
      expect({ n: rows[0]?.n, rowCount }).toEqual({ n: 3, rowCount: 1 })
      expect((await db.query('UPDATE thing SET name = name WHERE false')).rowCount).toBe(0)
    })

    it('takes objects as JSON and large values whole', async () => {
      const bytes = Buffer.alloc(3_000_000, 7)
      const { rows } = await db.query<{ doc: unknown; size: number; back: Buffer }>('SELECT $1::jsonb AS doc, octet_length($2::bytea) AS size, $2::bytea AS back', [
        { text: 'x' },
        bytes,
      ])
      expect(rows[0]?.doc).toEqual({ text: 'x' })
      expect(rows[0]?.size).toBe(3_000_000)
      expect(rows[0]?.back.equals(bytes)).toBe(true)
    })

    it('keeps what a transaction wrote once it has returned, and none of it when it throws', async () => {
      expect(await db.tx(async (q) => (await q.query('INSERT INTO thing VALUES (1)')).rowCount)).toBe(1)
      const failure = new Error('mine')
      await expect(
        db.tx(async (q) => {
          await q.query('INSERT INTO thing VALUES (2)')
          throw failure
        }),
      ).rejects.toBe(failure)
      expect(await ids()).toEqual([1])
    })

    it('reports the SQLSTATE of a failed statement and goes on', async () => {
      await expect(db.query('INSERT INTO thing VALUES (1)')).rejects.toMatchObject({ code: '23505' })
      await expect(db.query('SELECT $1::uuid', ['no'])).rejects.toMatchObject({ code: '22P02' })
      await expect(db.query('SELECT $1::text', ['a\u0000b'])).rejects.toMatchObject({ code: expect.stringMatching(/^22/) })
      await expect(db.tx((q) => q.query('INSERT INTO thing VALUES (1)'))).rejects.toMatchObject({ code: '23505' })
      await expect(db.query('SELEKT')).rejects.toMatchObject({ code: '42601' })
      expect(await ids()).toEqual([1])
    })

    it('lets a savepoint undo a part of a transaction', async () => {
      await db.tx(async (q) => {
        await q.query('SAVEPOINT one')
        await expect(q.query('INSERT INTO thing VALUES (1)')).rejects.toMatchObject({ code: '23505' })
        await q.query('ROLLBACK TO SAVEPOINT one')
        await q.query('INSERT INTO thing VALUES (3)')
      })
      expect(await ids()).toEqual([1, 3])
    })

    it('does not pass a swallowed error for a commit', async () => {
      await expect(
        db.tx(async (q) => {
          await q.query('INSERT INTO thing VALUES (4)')
          await q.query('INSERT INTO thing VALUES (1)').catch(() => {})
        }),
      ).rejects.toMatchObject({ problem: 'misuse' })
      expect(await ids()).toEqual([1, 3])
    })

    it('runs statements that a transaction sends together in their order, and reports the one that failed', async () => {
      const seen = await db.tx((q) => Promise.all([q.query('INSERT INTO thing VALUES (5)'), q.query<{ n: number }>('SELECT count(*) AS n FROM thing WHERE id = 5'), q.query('DELETE FROM thing WHERE id = 5')]))
      expect(seen[1].rows).toEqual([{ n: 1 }])
      const deep = async (statement: Promise<unknown>): Promise<void> => {
        await (async () => void (await statement))()
      }
      await expect(
        db.tx((q) => Promise.all([deep(q.query('INSERT INTO thing VALUES (6)')), deep(deep(q.query('INSERT INTO thing VALUES (1)'))), q.query('INSERT INTO thing VALUES (7)')])),
      ).rejects.toMatchObject({ code: '23505' })
      expect(await ids()).toEqual([1, 3])
    })

    it('lets nothing that a failed transaction has left running take effect', async () => {
      const failure = new Error('mine')
      let left: Promise<unknown> = Promise.resolve()
      await expect(
        db.tx((q) => {
          left = q.query('INSERT INTO thing VALUES (8)').then(() => q.query('INSERT INTO thing VALUES (9)'))
          left.catch(() => undefined)
          return Promise.reject(failure)
        }),
      ).rejects.toBe(failure)
      await expect(left).rejects.toMatchObject({ problem: 'misuse' })
      expect(await ids()).toEqual([1, 3])
    })

    it('refuses a query beside the transaction one is in, at once', async () => {
      await db.tx(async (q) => {
        await expect(db.query('SELECT 1')).rejects.toMatchObject({ problem: 'misuse' })
        await expect(db.tx(async () => 1)).rejects.toMatchObject({ problem: 'misuse' })
        await expect((async () => db.pool.query('SELECT 1'))()).rejects.toMatchObject({ problem: 'misuse' })
        await q.query('SELECT 1')
      })
    })

    it('refuses a transaction that has ended', async () => {
      const kept = await db.tx(async (q) => q)
      await expect(kept.query('SELECT 1')).rejects.toMatchObject({ problem: 'misuse' })
    })

    it('runs transactions and queries that come together', async () => {
      await db.query('CREATE TABLE counter (n int)')
      await db.query('INSERT INTO counter VALUES (0)')
      const raise = () =>
        db.tx(async (q) => {
          const { rows } = await q.query<{ n: number }>('SELECT n FROM counter FOR UPDATE')
          await q.query('UPDATE counter SET n = $1', [(rows[0]?.n ?? 0) + 1])
        })
      await Promise.all([...Array.from({ length: 20 }, raise), ...Array.from({ length: 20 }, () => db.query('SELECT n FROM counter'))])
      expect((await db.query('SELECT n FROM counter')).rows).toEqual([{ n: 20 }])
    })

    it('gives libraries a pool that works alike', async () => {
      const { rows } = await db.pool.query('SELECT $1::bigint AS n', [5])
      expect(rows).toEqual([{ n: 5 }])
    })
  })
}
