import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrateSync } from '../migrate-sync.ts'
import { until } from '../testing/running-core.ts'
import { SocketPlaces } from './socket-places.ts'

describe.each(testDatabases())('places for sockets on $name', ({ open }) => {
  let db: Database
  let one: SocketPlaces
  let two: SocketPlaces
  let ada: Id
  const lost: Id[] = []
  const warnings: string[] = []
  const options = (database: Database = db) => ({ db: database, onLost: (socket: Id) => void lost.push(socket), log: { warn: (_: object, message: string) => void warnings.push(message) } })

  beforeAll(async () => {
    db = await open()
    await migrateSync(db)
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    ada = newId()
    ;[one, two] = await Promise.all([SocketPlaces.open(options()), SocketPlaces.open(options())])
  })
  afterEach(async () => {
    await Promise.all([one.close(), two.close()])
    lost.length = 0
    warnings.length = 0
  })

  const claim = (places: SocketPlaces, count: number, user = ada) => Promise.all(Array.from({ length: count }, async () => {
    const socket = newId()
    return { socket, placed: await places.claim(socket, user) }
  }))
  const taken = async (user = ada) => (await db.query('select 1 from socket_places where user_id = $1', [user])).rowCount
  /** As if nothing had been heard of an instance for the time of its lease. */
  const silence = (places: SocketPlaces) => db.query('update socket_instances set seen_at = seen_at - $2 where id = $1', [places.instance, LIMITS.socketLeaseMs])

  it('[R10] a user has twenty over all instances, however many come at once', async () => {
    const answers = (await Promise.all([claim(one, 15), claim(two, 15)])).flat()
    expect(answers.filter(({ placed }) => placed)).toHaveLength(LIMITS.socketsPerUser)
    expect(await taken()).toBe(LIMITS.socketsPerUser)
    expect(await claim(two, 1, newId())).toMatchObject([{ placed: true }])
  })

  it('a place that was given back is free for another instance', async () => {
    const [first] = await claim(one, LIMITS.socketsPerUser)
    expect(await claim(two, 1)).toMatchObject([{ placed: false }])
    one.release(first?.socket ?? '')
    await until(async () => (await taken()) < LIMITS.socketsPerUser)
    expect((await claim(two, 2)).filter(({ placed }) => placed)).toHaveLength(1)
  })

  it('a socket that closes before it has its place leaves none behind', async () => {
    const socket = newId()
    const asked = one.claim(socket, ada)
    one.release(socket)
    await asked
    await until(async () => (await taken()) === 0)
  })

  it('documents of one socket that come together take one place', async () => {
    const socket = newId()
    expect(await Promise.all([one.claim(socket, ada), one.claim(socket, ada), one.claim(socket, ada)])).toEqual([true, true, true])
    expect(await taken()).toBe(1)
  })

  it('an instance that was killed locks nobody out', async () => {
    await claim(one, LIMITS.socketsPerUser)
    expect(await claim(two, 1)).toMatchObject([{ placed: false }])
    await silence(one)
    expect((await claim(two, LIMITS.socketsPerUser + 1)).filter(({ placed }) => placed)).toHaveLength(LIMITS.socketsPerUser)
  })

  it('an instance that stops frees what it held at once', async () => {
    await claim(one, LIMITS.socketsPerUser)
    await one.close()
    expect(await claim(two, 1)).toMatchObject([{ placed: true }])
  })

  it('an instance that renews itself keeps what it holds', async () => {
    await claim(one, LIMITS.socketsPerUser)
    await db.query('update socket_instances set seen_at = seen_at - $2 where id = $1', [one.instance, LIMITS.socketLeaseMs - 1_000])
    await one.renew()
    expect(await claim(two, 1)).toMatchObject([{ placed: false }])
    expect(lost).toEqual([])
  })

  it('an instance that was taken for dead takes back what is free, and lets go of the sockets that have lost their place', async () => {
    const held = await claim(one, LIMITS.socketsPerUser)
    await silence(one)
    await claim(two, 3)
    await one.renew()
    expect(lost).toHaveLength(3)
    expect(held.map(({ socket }) => socket)).toEqual(expect.arrayContaining(lost))
    expect(warnings).toHaveLength(3)
    expect(await taken()).toBe(LIMITS.socketsPerUser)
    expect(await claim(one, 1)).toMatchObject([{ placed: false }])
  })

  it('an instance that has been removed as dead enters itself and its sockets again, also when a socket comes first', async () => {
    await claim(one, 5)
    await db.query('delete from socket_instances where id = $1', [one.instance])
    expect(await taken()).toBe(0)
    expect(await claim(one, 1)).toMatchObject([{ placed: true }])
    await one.renew()
    expect(await taken()).toBe(6)
    expect(lost).toEqual([])
  })

  it('what could not be written is put right with the next beat', async () => {
    let away = false
    const faulty: Database = { kind: db.kind, pool: db.pool, tx: (fn) => db.tx(fn), close: async () => undefined, query: (text, values) => (away ? Promise.reject(new Error('away')) : db.query(text, values)) }
    const places = await SocketPlaces.open(options(faulty))
    const [held] = await claim(places, 2)
    away = true
    places.release(held?.socket ?? '')
    await expect(places.claim(newId(), ada)).rejects.toThrow('away')
    await expect(places.renew()).rejects.toThrow('away')
    away = false
    expect(await taken()).toBe(2)
    await places.renew()
    expect(await taken()).toBe(1)
    await places.close()
  })
})
