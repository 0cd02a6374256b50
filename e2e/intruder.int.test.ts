/** What someone with a stock client and a real account, or none, can do to others: nothing. */
import type { CommandResult } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import { type Id, newId } from '@chatflow/shared/ids'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { TestServer } from './harness/server.ts'
import { Account, command } from './support/account.ts'
import { expiredToken } from './support/expired-token.ts'
import { SERVERS } from './support/servers.ts'
import { type OpenDocument, StockClient } from './support/stock-client.ts'
import { until } from './support/until.ts'

describe.each(SERVERS)('a server on $name', ({ options }) => {
  let server: TestServer
  let ada: Account
  let mallory: Account
  let late: { user: { id: Id }; accessToken: string }
  const clients: StockClient[] = []

  beforeAll(async () => {
    // Tokens name their issuer: it has to be known before the server has a port.
    const where = { ...(await options()), folder: mkdtempSync(join(tmpdir(), 'chatflow-e2e-')), publicUrl: 'http://localhost:3000' }
    late = await expiredToken(where)
    server = await TestServer.start(where)
    ada = await Account.register(server.url, 'ada')
    mallory = await Account.register(server.url, 'mallory')
  })

  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy()
  })

  afterAll(() => server.dispose())

  const connect = (token: string): StockClient => {
    const client = new StockClient(server.url, token)
    clients.push(client)
    return client
  }

  test('[R4] writes to a log, a room and a user document are refused and change nothing for anyone', async () => {
    const room = await ada.createRoom(server.url, mallory)
    const spoil: [name: string, reader: Account, write: (doc: Y.Doc) => void][] = [
      [docName.log(room, 0), ada, (doc) => doc.getMap('log').set('1', forged(ada))],
      [docName.log(room, 0), ada, (doc) => doc.getMap('log').set('2', forged(ada))],
      [docName.room(room), ada, (doc) => doc.getMap('members').delete(ada.id)],
      [docName.room(room), ada, (doc) => doc.getMap('members').set(mallory.id, { role: 'owner', username: 'mallory', displayName: 'mallory' })],
      [docName.user(mallory.id), mallory, (doc) => doc.getMap('rooms').set(newId(), { kind: 'private', name: 'theirs', role: 'owner' })],
      [docName.user(mallory.id), mallory, (doc) => doc.getMap('rooms').clear()],
    ]
    const readers = await Promise.all(spoil.map(([name, reader]) => connect(reader.token).open(name)))
    const before = readers.map(contents)
    for (const [name, , write] of spoil) {
      const mine = await connect(mallory.token).open(name)
      const isRefused = refusals(mine)
      write(mine.doc)
      await until(isRefused, `a write to ${name} is refused`)
    }
    // What would have spread from the refused writes has spread before this.
    expect(await ada.command(server.url, command({ type: 'message.send', room, text: 'true' }))).toMatchObject([{ status: 'accepted', seq: 2 }])
    const log = readers[0] as OpenDocument
    await until(() => log.doc.getMap('log').size === 2, 'the message is seen')
    expect([...log.doc.getMap<Entry>('log').values()].map(({ by, text }) => [by, text])).toEqual([[ada.id, ''], [ada.id, 'true']])
    for (const [i, reader] of readers.entries()) if (i > 1) expect(withoutHead(contents(reader))).toEqual(withoutHead(before[i] ?? {}))
    for (const [i, [name, reader]] of spoil.entries()) expect(contents(await connect(reader.token).open(name))).toEqual(contents(readers[i] as OpenDocument))
    expect((await ada.history(server.url, room)).map(({ by, text }) => [by, text])).toEqual([[ada.id, ''], [ada.id, 'true']])
  })

  test('[R4] the outbox of another cannot be opened, and what is sent to it all the same is not taken', async () => {
    const room = await ada.createRoom(server.url, mallory)
    const name = docName.outbox(ada.id, newId(), newId())
    const outbox = await connect(ada.token).open(name)
    const intruder = connect(mallory.token)
    await expect(intruder.open(name)).rejects.toThrow('gone:forbidden')
    await expect(intruder.open(docName.user(ada.id))).rejects.toThrow('gone:forbidden')

    const pushed = intruder.attach(name)
    const refused = new Promise((resolve) => pushed.provider.on('authenticationFailed', resolve))
    pushed.doc.getArray('commands').push([command({ type: 'message.send', room, text: 'forged' })])
    await refused
    pushed.doc.getArray('commands').push([command({ type: 'message.send', room, text: 'forged again' })])
    // The same socket asks for something that takes longer: by its answer the forged frames have been dealt with.
    await intruder.open(docName.user(mallory.id))

    const honest = command({ type: 'message.send', room, text: 'true' })
    outbox.doc.getArray('commands').push([honest])
    await until(() => outbox.doc.getMap('settled').has(honest.id), 'the honest command is settled')
    expect(outbox.doc.getArray('commands').toArray()).toEqual([honest])
    expect((await ada.history(server.url, room)).map(({ text }) => text)).toEqual(['', 'true'])
  })

  test('[R4] a command in one\'s own outbox is one\'s own, whatever it says, and an id of another is refused', async () => {
    const room = await ada.createRoom(server.url, mallory)
    const theirs = command({ type: 'message.send', room, text: 'true' })
    await ada.command(server.url, theirs)
    const claims: [object, Partial<CommandResult>][] = [
      [{ ...theirs, text: 'forged' }, { status: 'rejected', code: 'command_id_taken' }],
      [command({ type: 'message.send', room, text: 'forged', by: ada.id }), { status: 'rejected', code: 'invalid_command' }],
      [command({ type: 'message.edit', room, message: theirs.id, text: 'forged' }), { status: 'rejected', code: 'forbidden' }],
      [command({ type: 'message.send', room, text: 'mine' }), { status: 'accepted' }],
    ]
    const outbox = await connect(mallory.token).open(docName.outbox(mallory.id, newId(), newId()))
    outbox.doc.getArray('commands').push(claims.map(([claim]) => claim))
    await until(() => outbox.doc.getMap('settled').size + outbox.doc.getMap('rejected').size === claims.length, 'all are answered')
    expect(await mallory.command(server.url, ...claims.map(([claim]) => claim))).toMatchObject(claims.map(([, result]) => result))
    expect((await ada.history(server.url, room)).slice(1).map(({ by, text }) => [by, text])).toEqual([[ada.id, 'true'], [mallory.id, 'mine']])
  })

  test('[R12] commands of moderators, sent by someone who is not one, are refused and change nothing', async () => {
    const room = await ada.createRoom(server.url, mallory)
    const ben = await Account.register(server.url, 'ben')
    const closed = await ben.createRoom(server.url, ada)
    await ada.command(server.url, command({ type: 'member.add', room, user: ben.id }))
    const [said, secret] = [command({ type: 'message.send', room, text: 'true' }), command({ type: 'message.send', room: closed, text: 'secret' })]
    await ada.command(server.url, said)
    await ben.command(server.url, secret)
    const report = command({ type: 'message.report', room, message: said.id, reason: 'abuse' as const })
    await ben.command(server.url, report)
    const before = [await ada.history(server.url, room), await ben.history(server.url, closed)]

    const claims: [object, string][] = [
      [command({ type: 'member.ban', room, user: ben.id }), 'forbidden'],
      [command({ type: 'member.ban', room, user: ada.id, reason: 'mine now' }), 'forbidden'],
      [command({ type: 'member.unban', room, user: ben.id }), 'forbidden'],
      [command({ type: 'member.remove', room, user: ben.id }), 'forbidden'],
      [command({ type: 'message.delete', room, message: said.id }), 'forbidden'],
      ...(['dismissed', 'removed', 'expelled', 'banned'] as const).map((outcome): [object, string] => [command({ type: 'report.resolve', room, report: report.id, outcome }), 'forbidden']),
      // In a room that the intruder is not in, the same as in one that does not exist.
      ...[closed, newId()].flatMap((where): [object, string][] => [
        [command({ type: 'member.ban', room: where, user: ada.id }), 'not_a_member'],
        [command({ type: 'message.delete', room: where, message: secret.id }), 'not_a_member'],
        [command({ type: 'report.resolve', room: where, report: report.id, outcome: 'banned' }), 'not_a_member'],
      ]),
    ]
    expect(await mallory.command(server.url, ...claims.map(([claim]) => claim))).toMatchObject(claims.map(([, code]) => ({ status: 'rejected', code })))
    // With the right room and the report of another.
    expect(await ben.command(server.url, command({ type: 'report.resolve', room: closed, report: report.id, outcome: 'banned' }))).toMatchObject([{ status: 'rejected', code: 'report_not_found' }])
    expect([await ada.history(server.url, room), await ben.history(server.url, closed)]).toEqual(before)
    for (const path of [`/api/rooms/${room}/bans`, `/api/reports/${report.id}/message`]) {
      const answer = await fetch(server.url + path, { method: path.endsWith('bans') ? 'GET' : 'POST', headers: { authorization: `Bearer ${mallory.token}` } })
      expect(await answer.json()).toMatchObject({ status: 403, code: 'forbidden' })
    }
    const queue = await fetch(`${server.url}/api/reports`, { headers: { authorization: `Bearer ${mallory.token}` } })
    expect(await queue.json()).toEqual({ reports: [], open: 0 })
  })

  test('[R4] a forged awareness user is shown as the one who sent it', async () => {
    const room = await ada.createRoom(server.url, mallory)
    const honest = await connect(ada.token).open(docName.room(room))
    const forger = await connect(mallory.token).open(docName.room(room))
    forger.provider.awareness?.setLocalState({ user: { id: ada.id, username: ada.username, displayName: 'Ada' }, typing: true, injected: '<b>' })
    const others = (): object[] => [...(honest.provider.awareness?.getStates() ?? [])].filter(([id]) => id !== honest.doc.clientID).map(([, state]) => state)
    await until(() => others().length > 0, 'the state arrives')
    expect(others()).toEqual([{ user: { id: mallory.id, username: mallory.username, displayName: 'mallory' }, typing: true, status: 'online' }])
  })

  test('a token that is garbage, forged, unsigned or expired opens nothing, and says why', async () => {
    const [head = '', body = '', signature = ''] = ada.token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const tokens = {
      garbage: 'not-a-token',
      empty: '',
      'with another user': `${head}.${encode({ ...claims, sub: mallory.id })}.${signature}`,
      unsigned: `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`,
    }
    for (const token of Object.values(tokens)) {
      await expect(connect(token).open(docName.user(ada.id))).rejects.toThrow(/^auth:unauthenticated$/)
      await expect(ada.withToken(token).command(server.url, command({ type: 'me.set', key: 'theme', value: 'dark' }))).rejects.toThrow('"unauthenticated"')
    }
    await expect(connect(late.accessToken).open(docName.user(late.user.id))).rejects.toThrow(/^auth:token_expired$/)
    await expect(ada.withToken(late.accessToken).command(server.url, command({ type: 'me.set', key: 'theme', value: 'dark' }))).rejects.toThrow('"token_expired"')
  })

  test('[R5] signing out closes the sockets of that session within 2 s, and its token opens nothing more', async () => {
    const leaver = await Account.register(server.url, 'leaver')
    const [one, two, other] = [connect(leaver.token), connect(leaver.token), connect(ada.token)]
    await Promise.all([one.open(docName.user(leaver.id)), two.open(docName.user(leaver.id)), other.open(docName.user(ada.id))])
    let othersLost = false
    void other.closed().then(() => (othersLost = true))
    const closed = Promise.all([one.closed(), two.closed()])
    await leaver.logout(server.url)
    const since = performance.now()
    expect(await closed).toEqual([4401, 4401])
    expect(performance.now() - since).toBeLessThan(2_000)
    await expect(connect(leaver.token).open(docName.user(leaver.id))).rejects.toThrow('auth:session_ended')
    await expect(leaver.history(server.url, newId())).rejects.toThrow('"session_ended"')
    expect(othersLost).toBe(false)
  })
})

function forged(author: Account): Entry {
  return { seq: 1, id: newId(), rev: 99, by: author.id, sentAt: 1, receivedAt: 1, text: 'forged' }
}

/** Everything that a server-written document shows. */
function contents({ doc }: OpenDocument): Record<string, unknown> {
  const maps = ['log', 'reactions', 'people', 'room', 'members', 'reads', 'pins', 'rooms', 'cursors', 'unread', 'drafts', 'settings']
  return Object.fromEntries(maps.map((name) => [name, doc.getMap(name).toJSON()]))
}

/** A room's head rises with every message. */
function withoutHead(shown: Record<string, unknown>): Record<string, unknown> {
  return { ...shown, room: { ...(shown['room'] as object), head: 0 } }
}

/** Answers whether the server has answered with a negative SyncStatus: type 8, value 0, at the end of a frame. */
function refusals({ provider }: OpenDocument): () => boolean {
  let isRefused = false
  provider.on('message', ({ event }: { event: { data: ArrayBuffer } }) => {
    const [type, value] = new Uint8Array(event.data).slice(-2)
    isRefused ||= type === 8 && value === 0
  })
  return () => isRefused
}
