import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import { newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'

const SECRET = 'planted-canary-body'

/** The same database, where something happens after each transaction and before who ran it goes on. */
function meddled(db: Database, after: (statements: string) => Promise<void>): Database {
  const tx: Database['tx'] = async (fn) => {
    const statements: string[] = []
    const result = await db.tx((q) =>
      fn({
        query: (text, values) => {
          statements.push(text)
          return q.query(text, values)
        },
      }),
    )
    await after(statements.join('\n'))
    return result
  }
  return { kind: db.kind, pool: db.pool, query: (text, values) => db.query(text, values), tx, close: () => db.close() }
}

describe.each(testDatabases())('what is deleted on $name', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id

  beforeAll(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
  })

  afterAll(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const submit = (fields: Record<string, unknown>): Promise<unknown> => one.core.submit(ada, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)
  const roomWithSecret = async (): Promise<{ room: Id; message: Id }> => {
    const room = newId()
    const message = newId()
    await submit({ type: 'room.create', room, kind: 'private', name: 'room', members: [] })
    await submit({ type: 'message.send', id: message, room, text: SECRET })
    return { room, message }
  }
  /** Every table, every column, bytes included. */
  const kept = async (): Promise<boolean> => {
    for (const table of ['messages', 'commands', 'mentions', 'drafts', 'rooms', 'reports', 'bans', 'audit_log']) {
      const rows = await db.query(`select * from ${table}`)
      if (JSON.stringify(rows.rows).includes(SECRET)) return true
    }
    const states = await db.query<{ state: Uint8Array }>('select state from documents')
    return states.rows.some(({ state }) => Buffer.from(state).includes(SECRET))
  }
  const storedStates = async (name: string): Promise<number> => (await db.query('select 1 from documents where name = $1', [name])).rows.length

  it('[R6] is gone from rows, commands, loaded documents on two instances, and their stored state', async () => {
    const { room, message } = await roomWithSecret()
    const name = docName.log(room, 0)
    const replicas = [await one.connect(ada).open(name), await two.connect(ada).open(name)]
    await submit({ type: 'message.send', room, text: 'so that both are stored' })
    await until(() => replicas.every(({ doc }) => doc.getMap('log').has('3')))
    expect(await kept()).toBe(true)
    await submit({ type: 'message.delete', room, message })
    await until(() => replicas.every(({ doc }) => (doc.getMap('log').get('2') as Entry).deleted === true))
    await until(async () => (await storedStates(name)) === 1, 'stored anew')
    expect(await kept()).toBe(false)
    for (const core of [one, two]) {
      const { encodeStateAsUpdate } = await import('yjs')
      const loaded = core.core.hocuspocus.documents.get(name)
      expect(loaded === undefined ? '' : Buffer.from(encodeStateAsUpdate(loaded)).toString('latin1')).not.toContain(SECRET)
    }
  })

  it.each(['message.delete', 'report.resolve'])('[R6] what a moderator deletes by %s is gone from the same places, and the entry says who deleted it', async (type) => {
    const { room } = await roomWithSecret()
    const ben = await addUser(db, `ben-${newId().slice(-6)}`)
    const mod = await addUser(db, `mod-${newId().slice(-6)}`)
    const by = (user: Id, fields: Record<string, unknown>): Promise<unknown> => one.core.submit(user, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)
    for (const user of [ben, mod]) await submit({ type: 'member.add', room, user })
    await submit({ type: 'member.role', room, user: mod, role: 'moderator' })
    const message = newId()
    const report = newId()
    const log = (await one.connect(ada).open(docName.log(room, 0))).doc.getMap<Entry>('log')
    const entryOf = (id: Id): Entry | undefined => [...log.values()].find((entry) => entry.id === id)
    await by(ben, { type: 'message.send', id: message, room, text: `${SECRET} of ben` })
    await by(ada, { type: 'message.report', id: report, room, message, reason: 'abuse' })
    await until(() => entryOf(message)?.text === `${SECRET} of ben`)
    await by(mod, { type, room, ...(type === 'message.delete' ? { message } : { report, outcome: 'removed' }) })
    await until(() => entryOf(message)?.deleted === true)
    expect(entryOf(message)).toMatchObject({ text: '', by: ben, deletedBy: mod })
    await submit({ type: 'message.delete', room, message: [...log.values()].find((entry) => entry.text === SECRET)?.id })
    await until(async () => (await storedStates(docName.log(room, 0))) === 1, 'stored anew')
    expect(await kept()).toBe(false)
    const loaded = one.core.hocuspocus.documents.get(docName.log(room, 0))
    const { encodeStateAsUpdate } = await import('yjs')
    expect(loaded === undefined ? 'not loaded' : Buffer.from(encodeStateAsUpdate(loaded)).toString('latin1')).not.toContain(SECRET)
    expect(loaded?.getMap('people').get(mod)).toMatchObject({ displayName: expect.any(String) as string })
  })

  it('[R6] is gone from the stored state of a document that nobody has loaded', async () => {
    const { room, message } = await roomWithSecret()
    const name = docName.log(room, 0)
    const reader = one.connect(ada)
    await reader.open(name)
    reader.destroy()
    await until(() => one.core.hocuspocus.documents.get(name) === undefined)
    expect(await kept()).toBe(true)
    await submit({ type: 'message.delete', room, message })
    expect(await kept()).toBe(false)
  })

  it('[R6] a state that an instance stores late does not bring a deleted body back', async () => {
    const { room, message } = await roomWithSecret()
    const name = docName.log(room, 0)
    await two.connect(ada).open(name)
    const late = two.core.hocuspocus.documents.get(name)
    // The other instance has not heard of the deletion when its document is stored.
    await two.core.beat.stop()
    await submit({ type: 'message.delete', room, message })
    late?.getMap('unrelated').set('change', 1)
    await until(async () => (await storedStates(name)) === 1, 'stored late')
    expect(await kept()).toBe(false)
  })

  it('[R6] a state made from rows that were read before the deletion is not stored after it', async () => {
    const { room, message } = await roomWithSecret()
    const name = docName.log(room, 0)
    let overtaken = false
    const slow = meddled(db, async (statements) => {
      if (overtaken || !statements.includes('from messages')) return
      overtaken = true
      await submit({ type: 'message.delete', room, message })
    })
    const third = await RunningCore.start(slow)
    const { doc } = await third.connect(ada).open(name)
    expect((doc.getMap('log').get('2') as Entry).deleted).toBe(true)
    expect(overtaken).toBe(true)
    expect(await kept()).toBe(false)
    await third.close()
    expect(await kept()).toBe(false)
  })
})

describe.each(testDatabases())('opening a room on $name', ({ open }) => {
  it('[R7] brings the same number of bytes with 600 messages and with 60 000', async () => {
    const db = await openTables(open)
    const running = await RunningCore.start(db)
    const ada = await addUser(db, 'ada')
    const bytesToOpen = async (messages: number): Promise<number> => {
      const room = newId()
      await db.query(
        `insert into rooms (id, kind, name, created_by, created_at, head, rev, document_rev, last_received_at, member_count) values ($1, 'private', 'big', $2, 0, $3, $3, 1, $3, 1)`,
        [room, ada, messages],
      )
      await db.query("insert into members (room_id, user_id, role, joined_at) values ($1, $2, 'owner', 0)", [room, ada])
      await db.query(
        `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text)
         select $1, n, gen_random_uuid(), n, $2, n, n, 'a message of ordinary length, number ' || lpad(n::text, 7, '0') from generate_series(1, $3::bigint) n`,
        [room, ada, messages],
      )
      const client = running.connect(ada)
      let bytes = 0
      client.socket.on('message', ({ data }: { data: ArrayBuffer }) => (bytes += data.byteLength))
      await client.open(docName.room(room))
      const newest = Math.floor((messages - 1) / 256)
      const last = await client.open(docName.log(room, newest))
      await client.open(docName.log(room, newest - 1))
      expect(last.doc.getMap('log').has(String(messages))).toBe(true)
      return bytes
    }
    // Both end in the middle of a segment of the same fill: 600 = 2 * 256 + 88, 60 000 = 234 * 256 + 96.
    const ratio = (await bytesToOpen(59_992)) / (await bytesToOpen(600))
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.1)
    await running.close()
    await db.close()
  })
})
