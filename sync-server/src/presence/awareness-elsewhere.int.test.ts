import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import type { HocuspocusProvider } from '@hocuspocus/provider'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'

describe.each(testDatabases())('awareness over instances on $name', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let room: Id
  beforeEach(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    room = newId()
    await submit(ada, { type: 'room.create', room, kind: 'private', name: 'two', members: [ben] })
  })
  afterEach(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const submit = (user: Id, fields: Record<string, unknown>) => one.core.submit(user, { v: 1, id: newId(), at: Date.now(), ...fields } as unknown as Command)
  const typists = (provider: HocuspocusProvider): unknown[] =>
    [...(provider.awareness?.getStates() ?? [])].flatMap(([client, state]) => (client !== provider.awareness?.clientID && state['typing'] === true ? [state['user']] : []))
  const beatUntil = (condition: () => boolean, what: string): Promise<void> =>
    until(async () => {
      if (condition()) return true
      await Promise.all([one.core.beat.now(), two.core.beat.now()])
      return false
    }, what)

  it('shows on the other one by name, and ends there with the last key', async () => {
    const here = await one.connect(ada).open(docName.room(room))
    const there = await two.connect(ben).open(docName.room(room))
    here.provider.setAwarenessField('typing', true)
    await beatUntil(() => typists(there.provider).length === 1, 'typing is seen')
    expect(typists(there.provider)).toEqual([{ id: ada, username: 'ada', displayName: 'Ada' }])
    // What came from elsewhere does not go back.
    await Promise.all([one.core.beat.now(), two.core.beat.now()])
    expect((await db.query('select user_id from shared_awareness')).rows).toEqual([{ user_id: ada }])
    here.provider.setAwarenessField('typing', false)
    await beatUntil(() => typists(there.provider).length === 0, 'the end is seen')
    await beatUntil(() => true, 'nothing is left')
    expect((await db.query('select user_id from shared_awareness')).rows).toEqual([])
  })

  it('ends with the instance that it happened on', async () => {
    const here = await one.connect(ada).open(docName.room(room))
    const there = await two.connect(ben).open(docName.room(room))
    here.provider.setAwarenessField('typing', true)
    await beatUntil(() => typists(there.provider).length === 1, 'typing is seen')
    await one.close()
    await until(async () => {
      await two.core.beat.now()
      return typists(there.provider).length === 0
    }, 'nobody types any more')
  })

  it('[R5] of somebody who has been removed is not shown, nor that of who does not show their presence', async () => {
    const here = await one.connect(ada).open(docName.room(room))
    const there = await two.connect(ben).open(docName.room(room))
    here.provider.setAwarenessField('typing', true)
    await beatUntil(() => typists(there.provider).length === 1, 'typing is seen')
    await submit(ada, { type: 'me.set', key: 'privacy.presence', value: false })
    await beatUntil(() => typists(there.provider).length === 0, 'it is taken back')
    const eve = await addUser(db, 'eve')
    await db.query("insert into shared_awareness (instance, document, client, room_id, user_id, state, until) select id, $1, 7, $2, $3, '{\"typing\":true}', 9e15 from socket_instances", [docName.room(room), room, eve])
    await Promise.all([one.core.beat.now(), two.core.beat.now()])
    expect([...(two.core.hocuspocus.documents.get(docName.room(room))?.awareness.getStates().values() ?? [])].filter((state) => 'typing' in state)).toEqual([])
  })

  it('shows cursors in notes, where they are now, each client once, also when it comes over', async () => {
    const name = docName.notes(room)
    const [here, there] = [await one.connect(ada).open(name), await two.connect(ben).open(name)]
    const at = (clock: number) => ({ anchor: { type: null, tname: 'notes', item: { client: 1, clock }, assoc: 0 }, head: { type: null, tname: 'notes', item: { client: 1, clock }, assoc: 0 } })
    const cursors = (): unknown[] => [...(there.provider.awareness?.getStates() ?? [])].flatMap(([client, state]) => (client !== there.provider.awareness?.clientID && 'cursor' in state ? [state] : []))
    const user = { id: ada, username: 'ada', displayName: 'Ada' }
    here.provider.awareness?.setLocalState({ cursor: at(1) })
    await beatUntil(() => cursors().length === 1, 'it is seen')
    expect(cursors()).toEqual([{ user, cursor: at(1) }])
    here.provider.awareness?.setLocalState({ cursor: at(2) })
    await beatUntil(() => JSON.stringify(cursors()).includes('"clock":2'), 'it has moved')
    expect(cursors()).toEqual([{ user, cursor: at(2) }])
    here.provider.awareness?.setLocalState({ cursor: null })
    await beatUntil(() => cursors().length === 0, 'it is gone')

    here.provider.awareness?.setLocalState({ cursor: at(3) })
    await beatUntil(() => cursors().length === 1, 'it is back')
    // The same client on the other instance, before the row of the first has run out.
    const same = new Y.Doc()
    same.clientID = here.doc.clientID
    const over = await two.connect(ada).open(name, undefined, same)
    over.provider.awareness?.setLocalState({ cursor: at(4) })
    await beatUntil(() => JSON.stringify(cursors()).includes('"clock":4') && cursors().length === 1, 'it speaks for itself')
    expect(cursors()).toEqual([{ user, cursor: at(4) }])
  })

  it('[R9] cannot be spoken for or ended by somebody else, nor stopped by what the database does not take', async () => {
    const name = docName.notes(room)
    const [here, there] = [await one.connect(ada).open(name), await two.connect(ben).open(name)]
    const place = { type: null, tname: 'notes', item: { client: 1, clock: 1 }, assoc: 0 }
    here.provider.awareness?.setLocalState({ cursor: { anchor: place, head: place } })
    const ofAda = () => [...(there.provider.awareness?.getStates() ?? [])].filter(([, state]) => (state['user'] as { id?: Id } | undefined)?.id === ada)
    await beatUntil(() => ofAda().length === 1, 'it is seen')
    const [client = 0] = ofAda()[0] ?? []
    const forged = new Y.Doc()
    forged.clientID = client
    const hostile = two.connect(ben)
    const forger = await hostile.open(name, undefined, forged)
    for (const state of [{ cursor: { anchor: place, head: place } }, { status: 'left' }]) {
      // Several, so that its clock is ahead.
      for (let times = 0; times < 5; times += 1) forger.provider.awareness?.setLocalState({ ...state, times })
    }
    // What the same socket asks for later is answered later.
    await hostile.open(docName.room(room))
    expect([...(two.core.hocuspocus.documents.get(name)?.awareness.getStates() ?? [])].filter(([id]) => id === client)).toMatchObject([[client, { user: { id: ada } }]])
    for (const tname of ['\u0000', '\ud800']) {
      here.provider.awareness?.setLocalState({ cursor: { anchor: { ...place, tname }, head: place } })
      await beatUntil(() => ofAda().length === 0, 'what is no cursor is none')
      here.provider.awareness?.setLocalState({ cursor: { anchor: place, head: place } })
      await beatUntil(() => ofAda().length === 1, 'it is back')
    }
  })

  it('costs nothing while there is one instance', async () => {
    await two.close()
    const here = await one.connect(ada).open(docName.room(room))
    await until(async () => {
      await one.core.beat.now()
      return !one.core.presence.accompanied
    }, 'it is alone')
    here.provider.setAwarenessField('typing', true)
    await until(() => [...(one.core.hocuspocus.documents.get(docName.room(room))?.awareness.getStates().values() ?? [])].some((state) => (state as { typing?: boolean }).typing === true))
    await one.core.beat.now()
    expect((await db.query('select 1 from shared_awareness')).rows).toEqual([])
  })
})
