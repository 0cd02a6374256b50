import { rootCertificates, setDefaultCACertificates } from 'node:tls'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { NOTIFY_KEYS, levelKey } from '@chatflow/shared/notify/notify-settings'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Guard } from '../outgoing/guard.ts'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { type Browser, PushService, type Received, textsOf } from '../testing/push-service.ts'
import { RunningCore, until } from '../testing/running-core.ts'
import { TEST_CERTIFICATE } from '../testing/test-certificate.ts'
import { testGuard, WebServer } from '../testing/web-server.ts'
import { fanOut } from './fan-out.ts'
import { dropPush, sweepNotes } from './push-rows.ts'
import { type Push, startPush } from './start-push.ts'
import { keepSubscription } from './subscription-rows.ts'
import { type VapidKeys, vapidKeysOf } from './vapid.ts'

const DAY = 24 * 3_600_000
const silent = { warn: () => undefined }

describe.each(testDatabases())('push on $name, on two instances', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let service: PushService
  let keys: VapidKeys
  let ada: Id
  let ben: Id
  let eve: Id
  let room: Id
  /** The clock of both is ahead of this machine's by so much, ms. */
  let ahead: number
  let guard: Guard
  let pushes: Push[]
  let people = 0

  beforeAll(async () => {
    setDefaultCACertificates([...rootCertificates, TEST_CERTIFICATE])
    db = await openTables(open)
    keys = await vapidKeysOf(db)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
  })
  afterAll(async () => {
    await one.close()
    await two.close()
    await db.close()
    setDefaultCACertificates(rootCertificates)
  })

  beforeEach(async () => {
    service = await PushService.start()
    guard = testGuard([service.web.port])
    ahead = 0
    people += 1
    ada = await addUser(db, `ada${people}`)
    ben = await addUser(db, `ben${people}`)
    eve = await addUser(db, `eve${people}`)
    pushes = []
    start(one)
    start(two)
    room = newId()
    await submit(ada, { type: 'room.create', room, kind: 'private', name: 'harbour', members: [ben, eve] })
  })
  afterEach(async () => {
    await stop()
    await service.close()
    for (const table of ['push_subscriptions', 'push_messages', 'pushes']) await db.query(`delete from ${table}`)
  })

  const start = (on: RunningCore, withinMs = 5_000): Push => {
    const push = startPush({ db, guard, keys, publicUrl: 'https://chat.example.org', sockets: on.core.sockets, log: silent, now: () => Date.now() + ahead, lookEveryMs: 100, withinMs })
    on.core.onCommitted = (effects) => push.committed(effects)
    pushes.push(push)
    return push
  }
  const stop = async (): Promise<void> => {
    for (const { core } of [one, two]) core.onCommitted = () => undefined
    await Promise.all(pushes.splice(0).map((push) => push.close()))
  }
  const submit = (user: Id, fields: Record<string, unknown>, on = one): Promise<CommandResult> => on.core.submit(user, { v: 1, id: newId(), at: Date.now(), ...fields } as unknown as Command)
  const say = async (user: Id, text: string, fields: Record<string, unknown> = {}, on = one): Promise<Id> => {
    const id = newId()
    const result = await submit(user, { type: 'message.send', id, room, text, ...fields }, on)
    expect(result.status).toBe('accepted')
    return id
  }
  const set = (user: Id, key: string, value: unknown): Promise<CommandResult> => submit(user, { type: 'me.set', key, value })
  const subscribe = async (user: Id, session = user, language = 'en'): Promise<Browser> => {
    const browser = service.subscribe()
    const { p256dh, auth } = browser.keys
    await keepSubscription(db, { user, session, device: newId(), endpoint: new URL(browser.endpoint), p256dh: Buffer.from(p256dh, 'base64url'), auth: Buffer.from(auth, 'base64url'), language }, Date.now())
    return browser
  }
  const waiting = async (): Promise<number> => (await db.query<{ n: number }>('select (select count(*) from push_messages) + (select count(*) from pushes where due_at is not null) as n')).rows[0]?.n ?? 0
  /** All that was said has been worked out, and sent or dropped. */
  const quiet = async (): Promise<void> => {
    await Promise.all(pushes.map((push) => push.flush()))
    await until(async () => (await waiting()) === 0, 'nothing waits')
  }
  /** Nothing is on its way: what was tried is written down. */
  const settled = (): Promise<void> => until(async () => (await db.query('select 1 from pushes where locked_until is not null')).rows.length === 0, 'nothing is on its way')
  /** Says something in a room of its own that is told of: when it has come, what was said before would have. */
  const fence = async (browser: Browser, by = ada): Promise<void> => {
    const other = newId()
    const [{ user_id: to } = { user_id: '' }] = (await db.query<{ user_id: Id }>('select user_id from push_subscriptions where endpoint = $1', [browser.endpoint])).rows
    await submit(by, { type: 'room.create', room: other, kind: 'private', name: 'fence', members: [to] })
    const before = browser.got.length
    await say(by, 'a fence', { room: other })
    const come = (): boolean => browser.got.slice(before).some(({ payload }) => payload.roomName === 'fence')
    // Twice as long as anything else is waited for: it goes the whole way.
    await until(come).catch(() => until(come, 'the fence has come'))
  }
  const toldIn = (browser: Browser, where = room): (string | undefined)[] => browser.got.filter(({ payload }) => payload.room === where).map(({ payload }) => payload.text)

  it('a message is told to the closed devices of everyone in the room, encrypted, and not to its author', async () => {
    const [phone, laptop, own] = [await subscribe(ben, ben, 'de'), await subscribe(ben), await subscribe(ada)]
    const id = await say(ada, 'hello **you**')
    await until(() => phone.got.length + laptop.got.length === 2, 'both have it')
    expect(phone.got[0]?.payload).toEqual({ room, message: id, seq: 2, roomName: 'harbour', kind: 'private', reason: 'message', by: `Ada${people}`, text: 'hello you', language: 'de', count: 1, sound: true })
    expect(laptop.got[0]?.payload.language).toBe('en')
    await quiet()
    expect(own.tries).toBe(0)
    const [{ headers, body }] = phone.got as [Received]
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream', urgency: 'normal', topic: expect.stringMatching(/^[\w-]{32}$/) })
    expect(Number(headers['ttl'])).toBeGreaterThan(3_600)
    expect(headers['authorization']).toMatch(new RegExp(`^vapid t=[\\w-]+\\.[\\w-]+\\.[\\w-]+, k=${keys.publicKey}$`))
    expect(body.includes('hello')).toBe(false)
    expect(phone.got[0]?.headers['topic']).not.toBe(laptop.got[0]?.headers['topic'])
    const { rows } = await db.query<{ delivered_at: number }>('select delivered_at from push_subscriptions where user_id = $1', [ben])
    expect(rows.every((row) => row.delivered_at > 0)).toBe(true)
  })

  it('a message that comes over a real socket reaches the device whose tab is closed', async () => {
    const phone = await subscribe(ben)
    const tab = two.connect(ben)
    await tab.open(docName.user(ben))
    tab.destroy()
    await until(async () => (await db.query('select 1 from socket_places where user_id = $1', [ben])).rows.length === 0, 'the tab is gone')
    const writer = one.connect(ada)
    const { doc } = await writer.open(`outbox/${ada}/${newId()}/${newId()}`)
    doc.getArray('commands').push([{ v: 1, id: newId(), type: 'message.send', room, at: Date.now(), text: 'through the outbox' }])
    await until(() => textsOf(phone).length === 1, 'it has come')
    expect(textsOf(phone)).toEqual(['through the outbox'])
  })

  it('each push is sent once, though two instances look, and each message is told of', async () => {
    const browsers: Browser[] = []
    for (let i = 0; i < 8; i += 1) browsers.push(await subscribe(i % 2 === 0 ? ben : eve))
    for (let i = 0; i < 12; i += 1) await say(ada, `message ${i}`, {}, i % 2 === 0 ? one : two)
    await until(() => browsers.every((browser) => browser.got.length > 0), 'all have something')
    await until(() => {
      ahead += 500
      return browsers.every((browser) => textsOf(browser).at(-1) === 'message 11')
    }, 'all have the newest')
    await quiet()
    for (const { got, tries } of browsers) {
      const seqs = got.map(({ payload }) => payload.seq)
      expect(new Set(seqs).size).toBe(seqs.length)
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      expect(tries).toBe(got.length)
    }
  })

  it('of many messages in a room a device is told the newest, at most every ten seconds, with how many wait', async () => {
    const phone = await subscribe(ben)
    await say(ada, 'first')
    await until(() => phone.got.length === 1)
    for (let i = 0; i < 5; i += 1) await say(ada, `more ${i}`)
    await fence(phone)
    expect(toldIn(phone)).toEqual(['first'])
    ahead += 10_001
    await until(() => toldIn(phone).length === 2)
    expect(toldIn(phone)).toEqual(['first', 'more 4'])
    expect(phone.got.at(-1)?.payload.count).toBe(6)
    await quiet()
  })

  describe('somebody who has the app open', () => {
    it('is told after a moment in which the message was not read', async () => {
      const phone = await subscribe(ben)
      await two.connect(ben).open(docName.user(ben))
      await say(ada, 'unread')
      await until(async () => (await db.query('select 1 from pushes where due_at is not null')).rows.length === 1, 'it waits')
      expect(phone.tries).toBe(0)
      ahead += 5_001
      await until(() => phone.got.length === 1)
      expect(textsOf(phone)).toEqual(['unread'])
    })

    it('is not told what was read in that moment, on whatever device', async () => {
      const phone = await subscribe(ben)
      await two.connect(ben).open(docName.user(ben))
      await say(ada, 'read at once')
      await until(async () => (await db.query('select 1 from pushes where due_at is not null')).rows.length === 1, 'it waits')
      await submit(ben, { type: 'room.read', room, seq: 2 })
      ahead += 5_001
      await quiet()
      expect(phone.tries).toBe(0)
    })

    it('is not told of a room before their eyes, on whatever instance; of another room they are', async () => {
      const phone = await subscribe(ben)
      const { provider } = await two.connect(ben).open(docName.user(ben))
      provider.sendStateless(JSON.stringify({ type: 'presence', status: 'online', room }))
      await until(() => two.core.sockets.ofUser(ben).some((socket) => socket.room === room))
      const other = newId()
      await submit(ada, { type: 'room.create', room: other, kind: 'private', name: 'other', members: [ben] })
      await say(ada, 'seen')
      await say(ada, 'elsewhere', { room: other })
      await until(async () => (await waiting()) === 1, 'one waits')
      ahead += 5_001
      await until(() => phone.got.length === 1)
      await quiet()
      expect(textsOf(phone)).toEqual(['elsewhere'])
      // Away from the device, nothing is before their eyes.
      provider.sendStateless(JSON.stringify({ type: 'presence', status: 'away', room }))
      await until(() => two.core.sockets.ofUser(ben).some((socket) => socket.status === 'away'))
      await say(ada, 'unseen')
      await until(async () => (await waiting()) === 1, 'it waits')
      ahead += 20_000
      await until(() => textsOf(phone).length === 2)
      expect(textsOf(phone)).toEqual(['elsewhere', 'unseen'])
    })
  })

  describe('nothing is told', () => {
    it('of muted rooms, below the level, or in quiet hours; a mention of a room with a lower level is', async () => {
      const phone = await subscribe(ben)
      await set(ben, levelKey(room), 'none')
      await say(ada, `muted @ben${people}`)
      await fence(phone)
      expect(toldIn(phone)).toEqual([])
      await set(ben, levelKey(room), 'mentions')
      await say(ada, 'below')
      await fence(phone)
      expect(toldIn(phone)).toEqual([])
      await say(ada, `for you @ben${people}`)
      await until(() => toldIn(phone).length === 1)
      expect(phone.got.at(-1)).toMatchObject({ payload: { reason: 'mention' }, headers: { urgency: 'high' } })
      await quiet()
      await set(ben, NOTIFY_KEYS.quietUntil, Date.now() + DAY)
      await say(ada, `quiet @ben${people}`)
      await quiet()
      expect(phone.got.at(-1)?.payload.reason).toBe('mention')
      expect(toldIn(phone)).toEqual([`for you @ben${people}`])
    })

    it('when quiet begins, or the room is muted, while a push waits', async () => {
      const phone = await subscribe(ben)
      phone.answers = 503
      await say(ada, 'in between')
      await until(() => phone.tries === 1)
      await settled()
      await set(ben, NOTIFY_KEYS.quietUntil, Date.now() + DAY)
      phone.answers = 201
      ahead += 60_000
      await quiet()
      expect(phone.tries).toBe(1)
    })

    it('of what was read elsewhere while the push service was away', async () => {
      const phone = await subscribe(ben)
      phone.answers = 503
      await say(ada, 'read later')
      await until(() => phone.tries === 1)
      await settled()
      await submit(ben, { type: 'room.read', room, seq: 2 })
      phone.answers = 201
      ahead += 60_000
      await quiet()
      expect(phone.tries).toBe(1)
    })

    it('[R5] to whoever is removed, leaves, is banned or deactivated before it is sent', async () => {
      const fay = await addUser(db, `fay${people}`)
      await submit(ada, { type: 'member.add', room, user: fay })
      const [bens, eves, fays] = [await subscribe(ben), await subscribe(eve), await subscribe(fay)]
      for (const browser of [bens, eves, fays]) browser.answers = 503
      await say(ada, 'secret of members')
      await until(() => bens.tries + eves.tries + fays.tries === 3)
      await settled()
      await submit(ada, { type: 'member.ban', room, user: ben })
      await submit(eve, { type: 'room.leave', room })
      await db.query('update users set disabled_at = 1 where id = $1', [fay])
      for (const browser of [bens, eves, fays]) browser.answers = 201
      ahead += 60_000
      await quiet()
      expect([bens.got, eves.got, fays.got]).toEqual([[], [], []])
      expect(bens.tries + eves.tries + fays.tries).toBe(3)
      await say(ada, 'without them')
      await fence(bens)
      expect(toldIn(bens)).toEqual([])
    })

    it('to a session that has ended, nor to an account without its required second factor', async () => {
      const session = newId()
      await db.query('insert into session_families (id, user_id) values ($1, $2)', [session, ben])
      const [ended, living, barred] = [await subscribe(ben, session), await subscribe(ben), await subscribe(eve)]
      await db.query('update session_families set ended_at = 1 where id = $1', [session])
      await db.query('insert into second_factor_missing values ($1)', [eve])
      await say(ada, 'hello')
      await until(() => living.got.length === 1)
      await quiet()
      expect([ended.tries, barred.tries]).toEqual([0, 0])
      await db.query('delete from second_factor_missing')
      await until(async () => {
        ahead += 10_000
        return (await db.query('select 1 from push_subscriptions where session_id = $1', [session])).rows.length === 0
      }, 'the subscription of the ended session is gone')
    })

    it('to a session that nobody has used for a month', async () => {
      const phone = await subscribe(ben)
      const living = await subscribe(eve)
      await db.query('update session_families set last_used_at = last_used_at - $2::bigint where id = $1', [ben, 31 * DAY])
      await say(ada, 'hello')
      await until(() => living.got.length === 1)
      await quiet()
      expect(phone.tries).toBe(0)
    })

    it('[R6] of a deleted message, while one before it that is still there is told of; no row of the queue holds a word of either', async () => {
      const phone = await subscribe(ben)
      phone.answers = 503
      await say(ada, 'planted-first')
      const second = await say(ada, 'planted-second')
      await until(() => phone.tries === 1)
      await settled()
      for (const table of ['push_messages', 'pushes', 'push_subscriptions', 'jobs']) expect(JSON.stringify((await db.query(`select * from ${table}`)).rows)).not.toContain('planted')
      await submit(ada, { type: 'message.delete', room, message: second })
      phone.answers = 201
      ahead += 120_000
      await until(() => phone.got.length === 1)
      await quiet()
      expect(textsOf(phone)).toEqual(['planted-first'])
    })
  })

  it('an edit that names somebody tells them, and nobody else', async () => {
    const id = await say(ada, 'nobody')
    await quiet()
    const [bens, eves] = [await subscribe(ben), await subscribe(eve)]
    await submit(ada, { type: 'message.edit', room, message: id, text: `now @ben${people}` })
    await until(() => bens.got.length === 1)
    expect(bens.got[0]?.payload).toMatchObject({ message: id, reason: 'mention', text: `now @ben${people}` })
    await submit(ada, { type: 'message.edit', room, message: id, text: `again @ben${people}` })
    await fence(eves)
    expect([toldIn(bens), toldIn(eves)]).toEqual([[`now @ben${people}`], []])
  })

  it('an edit that names somebody while a later message is being told of is told of after that', async () => {
    const id = await say(ada, 'nobody')
    await quiet()
    const phone = await subscribe(ben)
    let answer = (): void => undefined
    phone.answers = (response) => {
      answer = () => void response.writeHead(201).end()
    }
    await say(ada, 'on its way')
    await until(() => phone.tries === 1)
    await submit(ada, { type: 'message.edit', room, message: id, text: `now @ben${people}` })
    await until(async () => (await db.query('select 1 from pushes where from_seq = 2')).rows.length === 1, 'it waits')
    phone.answers = 201
    answer()
    await settled()
    ahead += 10_001
    await until(() => toldIn(phone).length > 0)
    expect(phone.got.at(-1)?.payload).toMatchObject({ message: id, reason: 'mention' })
    await quiet()
    expect(phone.tries).toBe(2)
  })

  it('what came before and after a push while it was being dropped is not dropped with it', async () => {
    const phone = await subscribe(ben)
    await stop()
    const [{ id: subscription }] = (await db.query<{ id: Id }>('select id from push_subscriptions where user_id = $1', [ben])).rows as [{ id: Id }]
    const left = async (from: number, to: number): Promise<unknown> => {
      await db.query('delete from pushes')
      await db.query('insert into pushes (subscription_id, room_id, from_seq, to_seq, due_at, expires_at, locked_until) values ($1, $2, $3, $4, 1, 2, 3)', [subscription, room, from, to])
      await dropPush(db, { subscription, room, from: 5, to: 7 })
      return (await db.query('select from_seq, to_seq, locked_until from pushes')).rows[0]
    }
    expect(await left(5, 7)).toBeUndefined()
    expect(await left(3, 7)).toEqual({ from_seq: 3, to_seq: 4, locked_until: null })
    expect(await left(5, 9)).toEqual({ from_seq: 8, to_seq: 9, locked_until: null })
    expect(await left(3, 9)).toEqual({ from_seq: 3, to_seq: 9, locked_until: null })
    expect(phone.tries).toBe(0)
  })

  it('whoever has left a direct conversation is told nothing of it any more', async () => {
    const direct = dmRoomId([ada, ben])
    await submit(ada, { type: 'room.create', room: direct, kind: 'dm', name: '', members: [ben] })
    const phone = await subscribe(ben)
    phone.answers = 503
    await say(ada, 'between us', { room: direct })
    await until(() => phone.tries === 1)
    await settled()
    expect(await submit(ben, { type: 'room.leave', room: direct })).toMatchObject({ status: 'accepted' })
    expect((await db.query('select hidden from members where room_id = $1 and user_id = $2', [direct, ben])).rows).toEqual([{ hidden: true }])
    phone.answers = 201
    ahead += 60_000
    await quiet()
    expect(phone.got).toEqual([])
  })

  describe('what is due is sent', () => {
    const waitsFor = async (): Promise<Browser> => {
      const phone = await subscribe(ben)
      phone.answers = 503
      await say(ada, 'due')
      await until(() => phone.tries === 1)
      await settled()
      await stop()
      phone.answers = 201
      ahead += 60_000
      return phone
    }
    const startOn = (tx: Database['tx']): void => {
      const other: Database = { kind: db.kind, pool: db.pool, query: (...args) => db.query(...args), tx, close: () => db.close() }
      pushes.push(startPush({ db: other, guard, keys, publicUrl: 'https://chat.example.org', sockets: one.core.sockets, log: silent, now: () => Date.now() + ahead, lookEveryMs: 100 }))
    }

    it('though it cannot be worked out whom else to tell', async () => {
      const phone = await waitsFor()
      startOn(() => Promise.reject(new Error('not now')))
      await until(() => phone.got.length === 1)
    })

    it('though there is no end of messages to be told of', async () => {
      const phone = await waitsFor()
      startOn(<T>() => new Promise<T>((resolve) => setImmediate(resolve, true as T)))
      await until(() => phone.got.length === 1)
    })
  })

  it('what nobody could be told of for too long is let go', async () => {
    await stop()
    await db.query('insert into push_messages (room_id, seq, at) values ($1, 1, $2), ($1, 2, $3)', [room, Date.now() - LIMITS.notifiedWithinMs - 1, Date.now()])
    await sweepNotes(db, Date.now())
    expect((await db.query('select seq from push_messages')).rows).toEqual([{ seq: 2 }])
  })

  it('answers are told to who is in the conversation, by that reason', async () => {
    const [bens, eves] = [await subscribe(ben), await subscribe(eve)]
    for (const user of [ben, eve]) await set(user, NOTIFY_KEYS.level, 'mentions')
    const root = await say(ben, 'a question')
    await say(ada, 'an answer', { replyTo: root })
    await until(() => bens.got.length === 1)
    expect(bens.got[0]?.payload).toMatchObject({ reason: 'conversation', text: 'an answer' })
    await quiet()
    expect(eves.tries).toBe(0)
  })

  it('whoever hides what is written gets who and where, and nothing of the text', async () => {
    const phone = await subscribe(ben)
    await set(ben, NOTIFY_KEYS.hideText, true)
    await set(ben, NOTIFY_KEYS.sound, false)
    await say(ada, 'hidden')
    await until(() => phone.got.length === 1)
    expect(phone.got[0]?.payload).toMatchObject({ by: `Ada${people}`, roomName: 'harbour', sound: false })
    expect(phone.got[0]?.payload).not.toHaveProperty('text')
  })

  it('the longest names and texts make a message of at most 3 kB', async () => {
    const phone = await subscribe(ben)
    await db.query('update users set display_name = $2 where id = $1', [ada, '漢'.repeat(64)])
    await submit(ada, { type: 'room.update', room, name: '漢'.repeat(80) })
    await say(ada, '漢'.repeat(16_000))
    await until(() => phone.got.length === 1)
    expect(phone.got[0]?.body.length).toBeLessThan(3_072)
  })

  describe('a push service', () => {
    it.each([404, 410])('that answers %i has lost the subscription, and so have we', async (status) => {
      const phone = await subscribe(ben)
      phone.answers = status
      await say(ada, 'anybody?')
      await until(async () => (await db.query('select 1 from push_subscriptions')).rows.length === 0, 'it is gone')
      expect(phone.tries).toBe(1)
      await quiet()
    })

    it.each([429, 503])('that answers %i is asked again when it says, and not before', async (status) => {
      const phone = await subscribe(ben)
      phone.answers = (answer) => void answer.writeHead(status, { 'retry-after': '600' }).end()
      await say(ada, 'later')
      await until(() => phone.tries === 1)
      await settled()
      phone.answers = 201
      ahead += 590_000
      await fence(await subscribe(eve))
      expect(phone.tries).toBe(1)
      ahead += 11_000
      await until(() => phone.got.length === 1)
      expect(textsOf(phone)).toEqual(['later'])
      await quiet()
      expect((await db.query('select failures, failing_since from push_subscriptions where user_id = $1', [ben])).rows).toEqual([{ failures: 0, failing_since: null }])
    })

    it('is tried a bounded number of times, and a subscription that failed for a day is dropped', async () => {
      const phone = await subscribe(ben)
      phone.answers = 500
      await say(ada, 'never')
      for (let tries = 1; tries <= 4; tries += 1) {
        await until(() => phone.tries >= tries)
        await settled()
        ahead += 3_600_000 * 1.3
      }
      await quiet()
      const { tries } = phone
      expect(tries).toBeLessThanOrEqual(8)
      await db.query('update push_subscriptions set failures = 9, failing_since = $1', [Date.now() + ahead - DAY - 1])
      ahead = 0
      await db.query('update push_subscriptions set rests_until = 0, failing_since = $1', [Date.now() - DAY - 1])
      await say(ada, 'the last')
      await until(async () => (await db.query('select 1 from push_subscriptions')).rows.length === 0, 'it is dropped')
    })

    it.each([400, 403, 413])('that answers %i has refused the message for good, and is not asked again for it', async (status) => {
      const phone = await subscribe(ben)
      phone.answers = status
      await say(ada, 'no')
      await until(() => phone.tries === 1)
      await quiet()
      expect((await db.query('select 1 from pushes')).rows).toEqual([])
      expect(phone.tries).toBe(1)
      expect((await db.query('select failures from push_subscriptions')).rows).toEqual([{ failures: 1 }])
    })

    it('that redirects is not followed, to this machine or anywhere', async () => {
      const inside = await WebServer.start()
      inside.at('/admin', 'reached')
      for (const status of [301, 302, 303, 307, 308]) {
        const phone = await subscribe(ben)
        phone.answers = (answer) => void answer.writeHead(status, { location: `http://127.0.0.1:${inside.port}/admin` }).end()
      }
      await say(ada, 'hello')
      await until(() => service.web.asked.length === 5)
      await quiet()
      expect(inside.asked).toEqual([])
      await inside.close()
    })

    it.each([
      ['https://127.0.0.2/'], ['https://[::1]/'], ['https://0x7f.2/'], ['https://10.0.0.1/'], ['https://169.254.169.254/'], ['https://printer.local/'], ['http://1.1.1.1/'], ['https://user@1.1.1.1/'], ['https://1.1.1.1:22/'], ['https://chat.example.org/'],
    ])('at %s that got into the database is not asked, and dropped', async (endpoint) => {
      await subscribe(ben)
      await db.query('update push_subscriptions set endpoint = $1', [endpoint])
      await say(ada, 'hello')
      await until(async () => (await db.query('select 1 from push_subscriptions')).rows.length === 0, 'it is dropped')
    })

    it('whose name comes to lead to this network is not asked', async () => {
      const inside = await WebServer.start({ secure: true })
      await stop()
      guard = { ...testGuard([inside.port], async () => ['127.0.0.3']), allowsAddress: (address) => address === '127.0.0.1' }
      start(one)
      const phone = await subscribe(ben)
      await db.query('update push_subscriptions set endpoint = $1', [`https://secure.example.org:${inside.port}/`])
      await say(ada, 'hello')
      await until(async () => (await db.query('select 1 from push_subscriptions')).rows.length === 0, 'it is dropped')
      expect([inside.asked, phone.tries]).toEqual([[], 0])
      await inside.close()
    })

    it('that answers without end is read no further than its status', async () => {
      const phone = await subscribe(ben)
      const closed = new Promise<void>((resolve) => {
        phone.answers = (answer) => {
          answer.writeHead(201)
          const timer = setInterval(() => answer.write(Buffer.alloc(65_536)), 1)
          answer.once('close', () => {
            clearInterval(timer)
            resolve()
          })
        }
      })
      await say(ada, 'hello')
      await closed
      await quiet()
      expect((await db.query<{ delivered_at: number | null }>('select delivered_at from push_subscriptions')).rows[0]?.delivered_at).not.toBeNull()
    })

    it('that never answers delays nobody: messages are delivered and others are told while it hangs', async () => {
      await stop()
      start(one, 60_000)
      const hanging: Browser[] = []
      for (let i = 0; i < 10; i += 1) {
        const browser = await subscribe(i < 5 ? ben : eve)
        browser.answers = () => undefined
        hanging.push(browser)
      }
      const good = await addUser(db, `good${people}`)
      await submit(ada, { type: 'member.add', room, user: good })
      const phone = await subscribe(good)
      // It has taken something before.
      await db.query('update push_subscriptions set delivered_at = 1 where user_id = $1', [good])
      await say(ada, 'first')
      await until(() => phone.got.length === 1 && hanging.some(({ tries }) => tries > 0))
      for (let i = 0; i < 20; i += 1) await say(ada, `while they hang ${i}`)
      await until(() => {
        ahead += 500
        return textsOf(phone).at(-1) === 'while they hang 19'
      })
      // All of this while not one of them had come to its end.
      expect((await db.query<{ n: number }>('select count(*) as n from pushes where locked_until is not null')).rows[0]?.n).toBeGreaterThan(0)
      expect(hanging.reduce((sum, { tries }) => sum + tries, 0)).toBeLessThanOrEqual(8)
      // A stop does not wait for them either, and leaves them to the next.
      await stop()
      expect((await db.query<{ n: number }>('select count(*) as n from pushes where locked_until is not null')).rows[0]?.n).toBe(0)
    })
  })

  it('what waits when the process ends is sent by the next', async () => {
    const phone = await subscribe(ben)
    phone.answers = 503
    await say(ada, 'waits')
    await until(() => phone.tries === 1)
    await settled()
    await say(ada, 'waits too')
    await stop()
    expect((await waiting())).toBeGreaterThan(0)
    phone.answers = 201
    ahead += 60_000
    start(two)
    await until(() => phone.got.length === 1)
    expect(textsOf(phone)).toEqual(['waits too'])
  })

  it('what an instance had taken when it was killed is sent by another when its lease has ended', async () => {
    const phone = await subscribe(ben)
    await stop()
    start(one)
    phone.answers = 503
    await say(ada, 'taken')
    await until(() => phone.tries === 1)
    await settled()
    await stop()
    phone.answers = 201
    await db.query('update pushes set due_at = 1, locked_until = $1', [Date.now() + 60_000])
    await db.query('update push_subscriptions set rests_until = 0')
    start(one)
    await fence(await subscribe(eve))
    expect(phone.got).toEqual([])
    ahead += 60_001
    await until(() => phone.got.length === 1)
  })

  it('a room of five hundred with a device each is told in a fixed number of statements', async () => {
    const crowd = Array.from({ length: 500 }, () => newId())
    await db.query("insert into users (id, username, display_name, email_verified_at) select id::uuid, 'c' || id, 'Crowd', 1 from jsonb_array_elements_text($1::jsonb) x(id)", [JSON.stringify(crowd)])
    await db.query('insert into session_families (id, user_id) select id::uuid, id::uuid from jsonb_array_elements_text($1::jsonb) x(id)', [JSON.stringify(crowd)])
    await db.query("insert into members (room_id, user_id, role, joined_at) select $2, id::uuid, 'member', 1 from jsonb_array_elements_text($1::jsonb) x(id)", [JSON.stringify(crowd), room])
    const phone = service.subscribe()
    await db.query(
      `insert into push_subscriptions (id, user_id, session_id, device, endpoint, host, p256dh, auth, language, created_at, renewed_at, delivered_at)
       select id::uuid, id::uuid, id::uuid, id::uuid, $2 || '?' || id, $3, $4, $5, 'en', 1, 1, 1 from jsonb_array_elements_text($1::jsonb) x(id)`,
      [JSON.stringify(crowd), phone.endpoint, service.host, Buffer.from(phone.keys.p256dh, 'base64url'), Buffer.from(phone.keys.auth, 'base64url')],
    )
    await stop()
    let statements = 0
    const counting: Database = { ...db, kind: db.kind, pool: db.pool, close: () => db.close(), query: (...args) => db.query(...args), tx: (fn) => db.tx((q) => fn({ query: (...args) => ((statements += 1), q.query(...args)) })) }
    await say(ada, 'to all')
    await db.query('insert into push_messages (room_id, seq, at) values ($1, 2, 1)', [room])
    await fanOut(counting, Date.now(), () => false)
    expect(statements).toBeLessThanOrEqual(5)
    expect((await db.query<{ n: number }>('select count(*) as n from pushes')).rows[0]?.n).toBe(500)
    // Some of them for both instances to send at once.
    await db.query('delete from pushes where not subscription_id = any($1::uuid[])', [crowd.slice(0, 60)])
    start(one, 30_000)
    start(two, 30_000)
    for (let some = 20; some <= 60; some += 20) await until(() => phone.got.length >= some, `${some} are told`)
    await quiet()
    expect(phone.tries).toBe(60)
  })
})
