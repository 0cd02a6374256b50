import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import { newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, type StockClient, until } from '../testing/running-core.ts'

describe.each(testDatabases())('documents on $name, with stock clients', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let eve: Id

  beforeAll(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
  })

  afterAll(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const command = (fields: Record<string, unknown>): Command => ({ v: 1, id: newId(), at: Date.now(), ...fields }) as unknown as Command
  const makeRoom = async (): Promise<Id> => {
    const room = newId()
    await one.core.submit(ada, command({ type: 'room.create', room, kind: 'private', name: 'room', members: [ben] }))
    return room
  }
  const say = (user: Id, room: Id, text: string): Promise<unknown> => one.core.submit(user, command({ type: 'message.send', room, text }))
  const texts = (doc: Y.Doc): string[] =>
    ([...doc.getMap('log').values()] as Entry[])
      .sort((a, b) => a.seq - b.seq)
      .filter((entry) => entry.event === undefined)
      .map((entry) => entry.text)
  const offer = async (client: StockClient, user: Id, commands: unknown[]): Promise<Y.Doc> => {
    const { doc } = await client.open(docName.outbox(user, newId(), newId()))
    doc.getArray('commands').push(commands)
    return doc
  }

  it('takes commands from an outbox, marks them, and shows the entries to others, also on another instance', async () => {
    const room = await makeRoom()
    const reader = await two.connect(ben).open(docName.log(room, 0))
    const sent = [command({ type: 'message.send', room, text: 'a' }), command({ type: 'message.send', room, text: 'b' }), command({ type: 'message.send', room: newId(), text: 'c' })]
    const outbox = await offer(one.connect(ada), ada, sent)
    await until(() => outbox.getMap('settled').size === 2 && outbox.getMap('rejected').size === 1)
    expect(outbox.getMap('settled').get(sent[0]?.id ?? '')).toBe(2)
    expect(outbox.getMap('rejected').get(sent[2]?.id ?? '')).toMatchObject({ code: 'not_a_member' })
    await until(() => texts(reader.doc).length === 2, 'the other instance heals within its beat')
    expect(texts(reader.doc)).toEqual(['a', 'b'])
    expect(reader.doc.getMap('people').get(ada)).toEqual({ username: 'ada', displayName: 'Ada' })
  })

  it('[R6] tells members who have not attached the room of an edit or deletion, also on another instance, and of no receipt', async () => {
    const room = await makeRoom()
    const message = newId()
    const heard: { one: number[]; two: number[] } = { one: [], two: [] }
    const listen = (core: RunningCore, to: number[]): Promise<unknown> =>
      core.connect(ben).open(docName.user(ben), (payload) => {
        const said = JSON.parse(payload) as { type: string; room?: Id; rev: number }
        if (said.type === 'activity' && said.room === room) to.push(said.rev)
      })
    await Promise.all([listen(one, heard.one), listen(two, heard.two)])
    await one.core.submit(ada, { v: 1, id: message, at: 1, type: 'message.send', room, text: 'secret' })
    await until(() => heard.one.at(-1) === 3 && heard.two.at(-1) === 3, 'a new message is told')
    await one.core.submit(ben, command({ type: 'room.read', room, seq: 2 }))
    await Promise.all([one.core.beat.now(), two.core.beat.now()])
    await one.core.submit(ada, command({ type: 'message.delete', room, message }))
    await until(() => heard.one.at(-1) === 5 && heard.two.at(-1) === 5, 'a deletion is told')
    // rev 3: the message, 4: the receipt, 5: the deletion.
    for (const told of [heard.one, heard.two]) expect(told.filter((rev) => rev > 2)).toEqual([3, 5])
  })

  it('[R9] rejects what is not a command and goes on', async () => {
    const room = await makeRoom()
    const bad = { v: 1, id: newId(), type: 'message.send', room, at: 1, text: 'x', extra: true }
    const long = command({ type: 'message.send', room, text: 'x'.repeat(16_001) })
    const good = command({ type: 'message.send', room, text: 'good' })
    const newer = { v: 2, id: newId(), type: 'message.fly' }
    const outbox = await offer(one.connect(ada), ada, ['nonsense', bad, long, newer, { id: newId(), v: 1, type: 'no.such' }, good])
    await until(() => outbox.getMap('settled').has(good.id))
    const codes = ([...outbox.getMap('rejected').values()] as { code: string }[]).map((mark) => mark.code).sort()
    expect(codes).toEqual(['invalid_command', 'text_too_long', 'unknown_command_type'])
    expect(outbox.getMap('rejected').has(newer.id)).toBe(false)
  })

  it('says hello with the epoch on the user document', async () => {
    const said: string[] = []
    await one.connect(ada).open(docName.user(ada), (payload) => said.push(payload))
    await until(() => said.length > 0)
    expect(JSON.parse(said[0] ?? '')).toMatchObject({ type: 'hello', epoch: one.core.currentEpoch(), protocol: 1 })
  })

  it('[R4] writes to log, room and user documents and to another outbox change nothing for anyone', async () => {
    const room = await makeRoom()
    await say(ada, room, 'true')
    const attacker = one.connect(ben)
    const victim = one.connect(ada)
    for (const [name, write] of [
      [docName.log(room, 0), (doc: Y.Doc) => doc.getMap('log').set('2', { text: 'forged' })],
      [docName.room(room), (doc: Y.Doc) => doc.getMap('members').delete(ada)],
      [docName.user(ben), (doc: Y.Doc) => doc.getMap('rooms').clear()],
    ] as const) {
      const mine = await attacker.open(name)
      write(mine.doc)
      mine.doc.getMap('x').set('y', 1)
      await new Promise<void>((resolve) => mine.provider.on('message', () => resolve()))
      const server = one.core.hocuspocus.documents.get(name)
      expect(server?.getMap('x').size).toBe(0)
    }
    const seen = await victim.open(docName.log(room, 0))
    expect(texts(seen.doc)).toEqual(['true'])
    expect((await victim.open(docName.room(room))).doc.getMap('members').has(ada)).toBe(true)
    await expect(attacker.open(docName.outbox(ada, newId(), newId()))).rejects.toThrow('gone:forbidden')
    await expect(attacker.open(docName.user(ada))).rejects.toThrow('gone:forbidden')
  })

  it('[R4] a forged awareness user is shown as the one who sent it, and dropped when the client id is another user\'s', async () => {
    const room = await makeRoom()
    const honest = await one.connect(ada).open(docName.room(room))
    honest.provider.setAwarenessField('typing', true)
    const forger = await one.connect(ben).open(docName.room(room))
    forger.provider.awareness?.setLocalState({ user: { id: ada, username: 'ada', displayName: 'Ada' }, typing: true, injected: '<b>' })
    const states = (): Record<string, unknown>[] => [...(honest.provider.awareness?.getStates().entries() ?? [])].filter(([id]) => id !== honest.doc.clientID).map(([, state]) => state)
    await until(() => states().length > 0)
    expect(states()).toEqual([{ user: { id: ben, username: 'ben', displayName: 'Ben' }, typing: true, status: 'online' }])
  })

  it('[R5] outsiders read nothing, and a removed member is cut off on every instance within two seconds', async () => {
    const room = await makeRoom()
    await expect(one.connect(eve).open(docName.room(room))).rejects.toThrow('gone:not_a_member')
    await expect(one.connect(eve).open(docName.log(room, 0))).rejects.toThrow('gone:not_a_member')
    const removed = two.connect(ben)
    const replica = await removed.open(docName.log(room, 0))
    const closed = new Promise<void>((resolve) => removed.socket.on('close', () => resolve()))
    const at = Date.now()
    await one.core.submit(ada, command({ type: 'member.remove', room, user: ben }))
    await closed
    expect(Date.now() - at).toBeLessThan(2_000)
    await say(ada, room, 'without ben')
    await new Promise<void>((resolve) => replica.provider.on('authenticationFailed', () => resolve()))
    expect(texts(replica.doc)).toEqual([])
  })

  it('[R5] a session that has ended loses its sockets within two seconds', async () => {
    const leaver = await addUser(db, `leaver-${newId().slice(-6)}`)
    const client = two.connect(leaver)
    await client.open(docName.user(leaver))
    const closed = new Promise<number>((resolve) => client.socket.on('close', ({ event }: { event: { code: number } }) => resolve(event.code)))
    await db.query('update session_families set ended_at = 1 where id = $1', [leaver])
    expect(await closed).toBe(4401)
  })

  it('who must set up a second factor first is cut off within two seconds, and gets no document before', async () => {
    const missing = await addUser(db, `missing-${newId().slice(-6)}`)
    const client = two.connect(missing)
    await client.open(docName.user(missing))
    const closed = new Promise<number>((resolve) => client.socket.on('close', ({ event }: { event: { code: number } }) => resolve(event.code)))
    await db.query('insert into second_factor_missing (user_id) values ($1)', [missing])
    expect(await closed).toBe(4401)
    await expect(one.connect(missing).open(docName.user(missing))).rejects.toThrow('auth:second_factor_missing')
    await db.query('delete from second_factor_missing where user_id = $1', [missing])
    await one.connect(missing).open(docName.user(missing))
  })

  it('refuses segments outside floor..head+1', async () => {
    const room = await makeRoom()
    const client = one.connect(ada)
    await client.open(docName.log(room, 0))
    await expect(client.open(docName.log(room, 1))).rejects.toThrow('gone:document_gone')
    await db.query('update rooms set head = 256 where id = $1', [room])
    await client.open(docName.log(room, 1))
    await expect(client.open(docName.log(room, 2))).rejects.toThrow('gone:document_gone')
  })

  it('[R3] a change made by rows alone reaches loaded documents within the beat', async () => {
    const room = await makeRoom()
    await say(ada, room, 'before')
    const reader = await one.connect(ben).open(docName.log(room, 0))
    await db.tx(async (q) => {
      const rev = (await q.query<{ rev: number }>('update rooms set rev = rev + 1 where id = $1 returning rev', [room])).rows[0]?.rev
      await q.query("update messages set text = 'after', rev = $2 where room_id = $1 and event is null", [room, rev])
    })
    await until(() => texts(reader.doc)[0] === 'after')
  })

  it('[R3] two instances that make a segment from rows at once share its lineage', async () => {
    const room = await makeRoom()
    await say(ada, room, 'x')
    const [a, b] = await Promise.all([one.connect(ada).open(docName.log(room, 0)), two.connect(ben).open(docName.log(room, 0))])
    expect([...a.doc.store.clients.keys()]).toEqual([...b.doc.store.clients.keys()])
  })

  it('a document that has grown is rebuilt from rows when it is next loaded', async () => {
    const room = await makeRoom()
    await say(ada, room, 'kept')
    const { Doc, encodeStateAsUpdate, applyUpdate } = await import('yjs')
    const grown = new Doc()
    for (let client = 0; client < 70; client += 1) {
      const other = new Doc()
      other.getMap('log').set('2', { client })
      applyUpdate(grown, encodeStateAsUpdate(other))
    }
    await db.query('insert into documents (name, state, stored_at) values ($1, $2, 0) on conflict (name) do update set state = excluded.state', [
      docName.log(room, 0),
      encodeStateAsUpdate(grown),
    ])
    const { doc } = await one.connect(ada).open(docName.log(room, 0))
    expect(texts(doc)).toEqual(['kept'])
    expect(doc.store.clients.size).toBeLessThan(5)
  })

  it('a document that grows while it is loaded is made anew under its readers', async () => {
    const room = await makeRoom()
    await say(ada, room, 'kept')
    const name = docName.log(room, 0)
    const reader = one.connect(ben)
    const { provider } = await reader.open(name)
    const closed = new Promise<void>((resolve) => provider.on('close', () => resolve()))
    const { Doc, encodeStateAsUpdate, applyUpdate } = await import('yjs')
    const loaded = one.core.hocuspocus.documents.get(name)
    for (let client = 0; client < 70; client += 1) {
      const other = new Doc()
      other.getMap('reactions').set(`2:x:${client}`, client)
      if (loaded !== undefined) applyUpdate(loaded, encodeStateAsUpdate(other))
    }
    await closed
    await until(() => one.core.hocuspocus.documents.get(name) === undefined)
    const again = await one.connect(ben).open(name)
    expect(texts(again.doc)).toEqual(['kept'])
    expect(again.doc.getMap('reactions').size).toBe(0)
    expect(again.doc.store.clients.size).toBeLessThan(5)
  })

  it('a stored state that cannot be read never blocks the document', async () => {
    const room = await makeRoom()
    await say(ada, room, 'kept')
    await db.query('insert into documents (name, state, stored_at) values ($1, $2, 0) on conflict (name) do update set state = excluded.state', [
      docName.log(room, 0),
      new Uint8Array([1, 2, 3, 4]),
    ])
    expect(texts((await one.connect(ada).open(docName.log(room, 0))).doc)).toEqual(['kept'])
  })
})
