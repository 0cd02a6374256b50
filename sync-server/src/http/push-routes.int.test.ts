import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createMemoryLimits } from '@chatflow/server-kit/memory-limits'
import type { PushSubscriptionInfo } from '@chatflow/shared/api/push'
import { type Id, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Guard } from '../outgoing/guard.ts'
import { strictGuard } from '../outgoing/guard.ts'
import { dropEnded } from '../push/subscription-rows.ts'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'
import { PushReceiver } from '../testing/push-receiver.ts'

/** The rules of production over names that mean what a test says; nothing is looked up. */
const names: Record<string, string[]> = { 'push.example.com': ['1.1.1.1'], 'rebound.example.com': ['127.0.0.1'], 'both.example.com': ['1.1.1.1', '10.0.0.1'] }
const guard: Guard = { ...strictGuard('http://localhost:3000'), ownHost: 'chat.example.com', resolve: async (name) => names[name] ?? Promise.reject(new Error('no such name')) }

describe.each(testDatabases())('subscriptions for push messages on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let ada: Id
  let ben: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false, undefined, guard)
  })
  afterAll(async () => {
    await http.close()
    await db.close()
  })
  let people = 0
  beforeEach(async () => {
    people += 1
    ada = await addUser(db, `ada${people}`)
    ben = await addUser(db, `ben${people}`)
  })
  afterEach(() => db.query('delete from push_subscriptions'))

  const send = async (user: Id, method: 'POST' | 'DELETE', url: string, body?: object, claims?: Record<string, unknown>) =>
    http.app.inject({ method, url, headers: { authorization: `Bearer ${await http.token(user, claims)}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { payload: JSON.stringify(body) }) })
  const wish = (fields: Record<string, unknown> = {}) => ({ endpoint: `https://push.example.com/${newId()}`, keys: new PushReceiver().wire, device: newId(), language: 'en', ...fields })
  const subscribe = (user: Id, fields?: Record<string, unknown>, claims?: Record<string, unknown>) => send(user, 'POST', '/api/push/subscriptions', wish(fields), claims)
  const listOf = async (user: Id): Promise<PushSubscriptionInfo[]> => (await http.get(user, '/api/push/subscriptions')).json<{ subscriptions: PushSubscriptionInfo[] }>().subscriptions
  const endpoints = async (): Promise<{ user_id: Id; endpoint: string }[]> => (await db.query<{ user_id: Id; endpoint: string }>('select user_id, endpoint from push_subscriptions order by created_at, id')).rows

  it('go to a key that is one point of P-256, the same for everybody and after a restart', async () => {
    const key = async (from: HttpFixture, user: Id): Promise<string> => (await from.get(user, '/api/push/key')).json<{ key: string }>().key
    const first = await key(http, ada)
    const point = Buffer.from(first, 'base64url')
    expect([point.length, point[0]]).toEqual([65, 4])
    const again = await httpFixture(db, false, undefined, guard)
    expect([await key(http, ben), await key(again, ada)]).toEqual([first, first])
    await again.close()
  })

  it('are kept for the device and its session, and shown to their owner without address and keys', async () => {
    const device = newId()
    const answer = await subscribe(ada, { device, language: 'de-AT' })
    expect(answer.statusCode).toBe(200)
    const [shown, ...others] = await listOf(ada)
    expect(shown).toEqual({ id: answer.json<{ id: string }>().id, device, service: 'push.example.com', language: 'de-AT', createdAt: expect.any(Number), current: true })
    expect(others).toEqual([])
    expect(await listOf(ben)).toEqual([])
  })

  it('are taken away by their owner alone', async () => {
    const id = (await subscribe(ada)).json<{ id: string }>().id
    expect((await send(ben, 'DELETE', `/api/push/subscriptions/${id}`)).statusCode).toBe(404)
    expect(await listOf(ada)).toHaveLength(1)
    expect((await send(ada, 'DELETE', `/api/push/subscriptions/${id}`)).statusCode).toBe(204)
    expect((await send(ada, 'DELETE', `/api/push/subscriptions/${id}`)).statusCode).toBe(404)
    expect(await listOf(ada)).toEqual([])
  })

  it('stay what they are when the device says the same again', async () => {
    const same = wish()
    const first = await subscribe(ada, same)
    const second = await subscribe(ada, { ...same, language: 'de' })
    expect(second.json()).toEqual({ ...first.json<object>(), language: 'de' })
  })

  it('of an endpoint belong to who came last, and nothing that waits for the one before comes to them', async () => {
    const room = newId()
    await db.query("insert into rooms (id, kind, name, created_by, created_at) values ($1, 'private', 'r', $2, 1)", [room, ada])
    const same = wish()
    const id = (await subscribe(ada, same)).json<{ id: string }>().id
    await db.query('insert into pushes (subscription_id, room_id, from_seq, to_seq, due_at, expires_at) values ($1, $2, 1, 1, 1, 1)', [id, room])
    expect((await subscribe(ben, same)).statusCode).toBe(200)
    expect(await endpoints()).toEqual([{ user_id: ben, endpoint: same.endpoint }])
    expect((await db.query('select 1 from pushes')).rows).toEqual([])
    // With other keys it is another subscription too.
    const before = (await listOf(ben))[0]?.id
    await subscribe(ben, { ...same, keys: new PushReceiver().wire })
    expect((await listOf(ben)).map(({ id: now }) => now === before)).toEqual([false])
  })

  it('of a device are one: a new endpoint takes the place of the old one', async () => {
    const device = newId()
    await subscribe(ada, { device })
    const second = wish({ device })
    await subscribe(ada, second)
    expect(await endpoints()).toEqual([{ user_id: ada, endpoint: second.endpoint }])
  })

  it('are at most ten a person, and those that came together are not more', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => subscribe(ada)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200))
    expect(await endpoints()).toHaveLength(LIMITS.pushSubscriptions)
    const last = wish()
    await subscribe(ada, last)
    expect((await endpoints()).at(-1)?.endpoint).toBe(last.endpoint)
    expect(await endpoints()).toHaveLength(LIMITS.pushSubscriptions)
  })

  it.each([
    ['http', 'http://push.example.com/a'], ['another scheme', 'ftp://push.example.com/a'], ['another port', 'https://push.example.com:8443/a'], ['credentials', 'https://user:pass@push.example.com/a'],
    ['this machine', 'https://127.0.0.1/'], ['in hexadecimal', 'https://0x7f.1/'], ['in one number', 'https://2130706433/'], ['in octal', 'https://0177.0.0.1/'], ['in full-width digits', 'https://１２７.0.0.1/'],
    ['IPv6', 'https://[::1]/'], ['IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/'], ['a private address', 'https://192.168.1.1/'], ['metadata of a cloud', 'https://169.254.169.254/'], ['a name of this network', 'https://printer.local/'],
    ['localhost', 'https://localhost/'], ['this server', 'https://chat.example.com/'], ['a name that leads to this machine', 'https://rebound.example.com/'], ['a name that also leads to a private address', 'https://both.example.com/'],
    ['no address', 'push.example.com/a'],
  ])('to %s are refused', async (_what, endpoint) => {
    const answer = await subscribe(ada, { endpoint })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'push_subscription_invalid'])
    expect(await endpoints()).toEqual([])
  })

  it('to a name that leads nowhere at the moment are taken: each sending looks again', async () => {
    expect((await subscribe(ada, { endpoint: 'https://nowhere.example.com/a' })).statusCode).toBe(200)
  })

  it('with keys that no browser makes are refused', async () => {
    const good = new PushReceiver().wire
    for (const keys of [{ ...good, p256dh: 'BAAA' }, { ...good, p256dh: Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url') }, { ...good, auth: 'AAAA' }]) {
      const answer = await subscribe(ada, { keys })
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'push_subscription_invalid'])
    }
    expect((await subscribe(ada, { keys: { ...good, p256dh: '!' } })).json<{ code: string }>().code).toBe('invalid_input')
    expect(await endpoints()).toEqual([])
  })

  it('go with their session, and with the account that is deactivated', async () => {
    const session = newId()
    await db.query('insert into session_families (id, user_id) values ($1, $2)', [session, ada])
    await subscribe(ada, {}, { sid: session })
    const other = wish()
    await subscribe(ada, other)
    await subscribe(ben)
    await db.query('update session_families set ended_at = 1 where id = $1', [session])
    expect((await listOf(ada)).map(({ current }) => current)).toEqual([true])
    await db.tx(dropEnded)
    expect((await endpoints()).map(({ user_id: user }) => user).sort()).toEqual([ada, ben].sort())
    await db.query('update users set disabled_at = 1 where id = $1', [ben])
    await db.tx(dropEnded)
    expect(await endpoints()).toEqual([{ user_id: ada, endpoint: other.endpoint }])
  })

  it('are asked for sixty times an hour at most', async () => {
    const paced = await httpFixture(db, true, createMemoryLimits(), guard)
    const ask = async () => paced.app.inject({ method: 'POST', url: '/api/push/subscriptions', headers: { authorization: `Bearer ${await paced.token(ada)}`, 'content-type': 'application/json' }, payload: JSON.stringify(wish()) })
    const codes = []
    for (let i = 0; i < 61; i += 1) codes.push((await ask()).statusCode)
    expect(codes).toEqual([...Array.from({ length: 60 }, () => 200), 429])
    await paced.close()
  })
})
