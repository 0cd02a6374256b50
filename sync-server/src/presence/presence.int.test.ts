import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { parseServerMessage } from '@chatflow/shared/stateless'
import type { HocuspocusProvider } from '@hocuspocus/provider'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, type StockClient, until } from '../testing/running-core.ts'

/** What a connection has been told of people. */
interface Ear {
  provider: HocuspocusProvider
  client: StockClient
  heard: Map<Id, { status: string; lastSeen?: number }>
  messages: number
}

describe.each(testDatabases())('presence on $name', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let eve: Id
  beforeEach(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    one.core.presence.lingerMs = two.core.presence.lingerMs = 300
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
  })
  afterEach(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  /** Until something is so, with no waiting for the next beat. */
  const beatUntil = (condition: () => boolean | Promise<boolean>, what: string): Promise<void> =>
    until(async () => {
      if (await condition()) return true
      await Promise.all([one.core.beat.now(), two.core.beat.now()])
      return false
    }, what)
  const submit = (user: Id, fields: Record<string, unknown>) => one.core.submit(user, { v: 1, id: newId(), at: Date.now(), ...fields } as unknown as Command)
  const makeDm = async (a: Id, b: Id): Promise<Id> => {
    const room = dmRoomId([a, b])
    await submit(a, { type: 'room.create', room, kind: 'dm', members: [b] })
    return room
  }
  const connect = async (user: Id, instance = one): Promise<Ear> => {
    const client = instance.connect(user)
    const ear: Omit<Ear, 'provider'> = { client, heard: new Map(), messages: 0 }
    const { provider } = await client.open(docName.user(user), (payload) => {
      const message = parseServerMessage(payload)
      if (message?.type !== 'presence' && message?.type !== 'people') return
      ear.messages += 1
      if (message.type === 'people' && message.all) ear.heard.clear()
      for (const { user: who, ...told } of message.type === 'people' ? message.people : [message]) ear.heard.set(who, { status: told.status, ...(told.lastSeen === undefined ? {} : { lastSeen: told.lastSeen }) })
    })
    return Object.assign(ear, { provider })
  }
  const say = (ear: Ear, message: object): void => ear.provider.sendStateless(JSON.stringify(message))
  const status = (ear: Ear, user: Id): string => ear.heard.get(user)?.status ?? 'offline'
  const hears = (ear: Ear, user: Id, wanted: string): Promise<void> => beatUntil(() => status(ear, user) === wanted, `${wanted} is heard`)

  it('goes to those who share a direct conversation, of whatever room is attached, and to nobody else', async () => {
    await makeDm(ada, ben)
    const bens = await connect(ben)
    const eves = await connect(eve)
    const adas = await connect(ada)
    await hears(bens, ada, 'online')
    await hears(adas, ben, 'online')
    say(adas, { type: 'presence', status: 'away' })
    await hears(bens, ada, 'away')
    expect([...eves.heard.keys()]).toEqual([])
  })

  it('of several devices the most present one counts, over two instances', async () => {
    await makeDm(ada, ben)
    const bens = await connect(ben, two)
    const laptop = await connect(ada, one)
    await hears(bens, ada, 'online')
    const phone = await connect(ada, two)
    say(laptop, { type: 'presence', status: 'away' })
    say(phone, { type: 'presence', status: 'away' })
    await hears(bens, ada, 'away')
    say(laptop, { type: 'presence', status: 'online' })
    await hears(bens, ada, 'online')
  })

  it('whoever begins a direct conversation hears of the other at once', async () => {
    const bens = await connect(ben)
    await connect(ada)
    await makeDm(ada, ben)
    await hears(bens, ada, 'online')
  })

  it('is told of people who are asked for, until others are asked for', async () => {
    const eves = await connect(eve)
    const adas = await connect(ada)
    say(eves, { type: 'watch', users: [ada] })
    await hears(eves, ada, 'online')
    say(eves, { type: 'watch', users: [ben] })
    await connect(ben)
    await hears(eves, ben, 'online')
    say(adas, { type: 'presence', status: 'away' })
    await until(() => one.core.presence.of(ada) === 'away')
    await one.core.beat.now()
    expect(status(eves, ada)).toBe('online')
  })

  it('a page that is loaded again does not go away in between; who has gone is told with when they were last here', async () => {
    await makeDm(ada, ben)
    const bens = await connect(ben)
    const page = await connect(ada)
    await hears(bens, ada, 'online')
    await one.core.beat.now()
    page.client.destroy()
    await until(() => one.core.sockets.ofUser(ada).length === 0)
    await one.core.beat.now()
    const again = await connect(ada)
    await one.core.beat.now()
    expect(status(bens, ada)).toBe('online')
    again.client.destroy()
    await beatUntil(() => bens.heard.get(ada)?.lastSeen !== undefined, 'gone and last seen')
    const { lastSeen = 0 } = bens.heard.get(ada) ?? {}
    expect(lastSeen % 60_000).toBe(0)
    expect(Date.now() - lastSeen).toBeLessThan(130_000)
    // Whoever comes later is told as well.
    const later = await connect(ben, two)
    await until(() => later.heard.get(ada)?.lastSeen === lastSeen)
  })

  it('an instance that is killed leaves nobody behind', async () => {
    await makeDm(ada, ben)
    const bens = await connect(ben, one)
    await connect(ada, two)
    await hears(bens, ada, 'online')
    // It says nothing any more, and has said nothing for long.
    await two.core.beat.stop()
    await db.query('update socket_instances set seen_at = 0 where id in (select instance from presence where user_id = $1)', [ada])
    await until(async () => {
      await one.core.beat.now()
      return status(bens, ada) === 'offline'
    }, 'gone')
  })

  it('an instance that was taken for dead says again who is there', async () => {
    await makeDm(ada, ben)
    const bens = await connect(ben, one)
    await connect(ada, two)
    await hears(bens, ada, 'online')
    await db.query('delete from socket_instances where id in (select instance from presence where user_id = $1)', [ada])
    await beatUntil(async () => (await db.query('select 1 from presence where user_id = $1', [ada])).rows.length === 1, 'it is written again')
    await one.core.beat.now()
    expect(status(bens, ada)).toBe('online')
  })

  describe('of somebody who does not show it', () => {
    const hide = (user: Id, hidden: boolean) => submit(user, { type: 'me.set', key: 'privacy.presence', value: !hidden })

    it('goes to nobody on any instance, and nothing comes to them, until they show it again', async () => {
      const room = await makeDm(ada, ben)
      const adas = await connect(ada, one)
      const there = await connect(ben, two)
      const here = await connect(ben, one)
      await Promise.all([hears(there, ada, 'online'), hears(here, ada, 'online'), hears(adas, ben, 'online')])
      await hide(ada, true)
      await Promise.all([hears(there, ada, 'offline'), hears(here, ada, 'offline'), hears(adas, ben, 'offline')])
      say(adas, { type: 'presence', status: 'away' })
      say(adas, { type: 'presence', status: 'online' })
      await two.core.beat.now()
      await one.core.beat.now()
      expect([there.heard.get(ada), here.heard.get(ada)]).toEqual([{ status: 'offline' }, { status: 'offline' }])
      expect((await db.query("select 1 from presence where user_id = $1 and status <> 'offline'", [ada])).rows).toEqual([])
      expect((await db.query('select 1 from last_seen where user_id = $1', [ada])).rows).toEqual([])
      // Also on an instance that she comes to later.
      const again = await connect(ada, two)
      await two.core.beat.now()
      expect([status(there, ada), again.heard.size]).toEqual(['offline', 0])
      await hide(ada, false)
      await Promise.all([hears(there, ada, 'online'), hears(here, ada, 'online'), hears(adas, ben, 'online')])
      expect(room).toBeTruthy()
    })

    it('typing does not go out, nor come in, and what was said before is taken back', async () => {
      const room = await makeDm(ada, ben)
      const adas = await one.connect(ada).open(docName.room(room))
      const bens = await one.connect(ben).open(docName.room(room))
      const others = (provider: HocuspocusProvider): unknown[] =>
        [...(provider.awareness?.getStates() ?? [])].flatMap(([client, state]) => (client === provider.awareness?.clientID ? [] : [(state['user'] as { id: Id }).id]))
      adas.provider.setAwarenessField('typing', true)
      await until(() => others(bens.provider).includes(ada))
      await hide(ada, true)
      await until(() => !others(bens.provider).includes(ada), 'what was said is taken back')
      adas.provider.setAwarenessField('typing', true)
      bens.provider.setAwarenessField('typing', true)
      await until(() => one.core.hocuspocus.documents.get(docName.room(room))?.awareness.getStates().size === 1)
      await submit(ben, { type: 'message.send', room, text: 'after' })
      expect(others(adas.provider)).toEqual([])
      expect(others(bens.provider)).toEqual([])
      await hide(ada, false)
      adas.provider.setAwarenessField('typing', true)
      bens.provider.setAwarenessField('typing', false)
      await until(() => others(bens.provider).includes(ada) && others(adas.provider).includes(ben))
    })
  })
})
