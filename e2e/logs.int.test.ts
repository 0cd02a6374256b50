/** What the operator's logs never hold, whatever is sent: every field, header, query and path carries a canary. */
import { openDatabase } from '@chatflow/database'
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { rawRequest } from '@chatflow/server-kit/testing/raw-request'
import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { command } from './support/account.ts'
import { StockClient } from './support/stock-client.ts'
import { until } from './support/until.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ADDRESS = '203.0.113.77'
/** On top of all that is made up here: the addresses that really ask. */
const ADDRESSES = [ADDRESS, '198.51.100.', '127.0.0.1', '::1']

const DATABASES = [
  { name: 'the embedded database', url: async () => '' },
  { name: 'Postgres', url: async () => freshDatabase(await testPostgres()) },
]

describe.each(DATABASES)('the logs of a server on $name, at their most talkative,', ({ url: makeDatabase }) => {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-logs-'))
  /** Tokens, hashes and ids of sessions that came up on the way. */
  const secrets: string[] = []
  let child: ChildProcess
  let url = ''
  let said = ''
  let databaseUrl = ''

  beforeAll(async () => {
    databaseUrl = await makeDatabase()
    const env = {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      // Nobody is there: the limits go on without, and say so.
      REDIS_URL: 'redis://:canary-redis-password@127.0.0.1:1',
      // Nor here: mails are tried again.
      SMTP_URL: 'smtp://canary-user:canary-smtp-password@127.0.0.1:1',
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'trace',
    }
    child = spawn(process.execPath, ['standalone/src/main.ts', '--no-client'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await until(() => {
      url = /ready at (\S+)/.exec(said)?.[1] ?? ''
      return url !== ''
    }, 'the server is ready', 55_000)
  })

  afterAll(async () => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  const headers = {
    'user-agent': 'canary-agent',
    referer: 'http://canary-referer.example/canary',
    'accept-language': 'canary-language',
    'x-forwarded-for': `198.51.100.7, ${ADDRESS}`,
    'x-request-id': 'canary-request-id',
    'x-canary': 'canary-header',
  }
  const send = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<{ status: number; cookies: string[]; body: Record<string, unknown> }> => {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    for (const cookie of cookies) secrets.push(...(cookie.split('=')[1] ?? '').split('.'))
    if (typeof parsed['accessToken'] === 'string') secrets.push(parsed['accessToken'], parsed['accessToken'].split('.')[2] ?? '')
    return { status: answer.status, cookies, body: parsed }
  }

  test('hold no body, name, password, token, mail address, path, query, header or IP address', { timeout: 120_000 }, async () => {
    const account = { email: 'canary-mail@canary.example', username: 'canary-name', displayName: 'canary display', password: 'canary-password-1' }
    const registered = await send('POST', '/api/auth/register?canary=canary-query', account)
    expect(registered.status).toBe(201)
    await send('POST', '/api/auth/register', account)
    await send('POST', '/api/auth/register', { ...account, email: 'canary', username: 'canary canary', password: 'canary' })
    await send('POST', '/api/auth/register', { ...account, canaryField: 'canary-value' })
    for (let i = 0; i < 7; i++) await send('POST', '/api/auth/login', { login: 'canary-mail@canary.example', password: `canary-guess-${i}` })
    const known = { cookie: registered.cookies[1] ?? '' }
    const signed = await send('POST', '/api/auth/login', { login: 'canary-name', password: account.password }, known)
    expect(signed.status).toBe(200)

    // Refresh, and a spent token again.
    const first = { cookie: registered.cookies[0] ?? '' }
    const second = await send('POST', '/api/auth/refresh', undefined, first)
    await send('POST', '/api/auth/refresh', undefined, { cookie: second.cookies[0] ?? '' })
    expect((await send('POST', '/api/auth/refresh', undefined, first)).body).toMatchObject({ code: 'refresh_reused' })
    await send('POST', '/api/auth/refresh', undefined, { cookie: 'chatflow_session=canarycanarycanarycanarycanarycanarycanarycanary1234; canary=canary' })
    await send('POST', '/api/auth/logout', undefined, { cookie: 'chatflow_session=canary\u00ff' })
    await send('POST', '/api/auth/refresh', undefined, { origin: 'https://canary-origin.example' })

    // Tokens that are none, in every place.
    const token = String(signed.body['accessToken'])
    const bearer = { authorization: `Bearer ${token}` }
    for (const bad of ['canary', `${token}canary`, `${token.split('.').slice(0, 2).join('.')}.canary`, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.']) {
      await send('GET', '/api/auth/me', undefined, { authorization: `Bearer ${bad}` })
    }
    await send('GET', `/api/auth/me?token=${token}`)
    await send('GET', `/api/users?q=canary-search&canary=canary`, undefined, bearer)
    await send('GET', '/api/rooms/canary-room/messages?before=canary', undefined, bearer)

    // Commands, good and bad, and input of every wrong form.
    const room = newId()
    const message = command({ type: 'message.send', room, text: 'canary-text' })
    await send('POST', '/api/commands', { commands: [command({ type: 'room.create', room, kind: 'private', name: 'canary-room-name', topic: 'canary-topic', members: [] }), message] }, bearer)
    await send('POST', '/api/commands', { commands: [command({ type: 'message.send', room, text: `canary${'x'.repeat(17_000)}` }), command({ type: 'canary.type', canary: 1 })] }, bearer)
    await send('POST', '/api/commands', { commands: [{ id: 'canary', text: 'canary' }], canary: true }, bearer)
    for (const junk of ['{"password":"canary-json', '{"__proto__":{"canary":1}}', `${'['.repeat(30_000)}canary`, 'canary', '"canary"', '\u0000canary']) {
      await send('POST', '/api/auth/login', junk)
      await send('POST', '/api/commands', junk, bearer)
    }
    await send('POST', '/api/auth/login', new TextEncoder().encode('canary-upload'), { 'content-type': 'image/png' })
    await send('POST', '/api/files', new TextEncoder().encode('canary-upload'), { ...bearer, 'content-type': 'application/offset+octet-stream', 'upload-metadata': 'canary' })
    await send('POST', '/api/auth/login', `{"login":"canary","password":"${'canary'.repeat(12_000)}"}`)
    await send('GET', '/api/canary-path/canary?canary=canary')
    await send('GET', '/canary%E0%A4%A')
    await send('DELETE', '/api/auth/login?canary')

    // What is no proper HTTP, and other hosts.
    const port = Number(new URL(url).port)
    for (const raw of ['canary nonsense\r\n\r\n', 'GET /canary HTTP/1.1\r\nHost: canary.example\r\nConnection: close\r\n\r\n', `GET / HTTP/1.1\r\nHost: localhost:${port}\r\nX-Long: ${'canary'.repeat(4_000)}\r\n\r\n`]) {
      await rawRequest(port, raw)
    }

    // Sockets: bad tokens, names and frames; commands through an outbox.
    for (const path of ['/canary?token=canary', '/sync?protocol=canary&token=canary', '/yjs/canary-document?token=canary']) await refused(path, port)
    await refused('/sync', port, { origin: 'https://canary-origin.example' })
    await refused('/sync', port, { host: 'canary.example' })
    const stranger = new StockClient(url, 'canary-socket-token')
    await expect(stranger.open(docName.user(newId()))).rejects.toThrow('unauthenticated')
    stranger.destroy()
    const client = new StockClient(url, token)
    const user = (signed.body['user'] as { id: string }).id
    await expect(client.open(docName.room(newId()))).rejects.toThrow('not_a_member')
    const outbox = await client.open(docName.outbox(user, newId(), newId()))
    const sent = command({ type: 'message.send', room, text: 'canary-through-outbox' })
    outbox.doc.getArray('commands').push(['canary', { canary: 'canary' }, command({ type: 'message.send', room, text: 'canary', canary: 1 }), sent])
    await until(() => outbox.doc.getMap('settled').has(sent.id), 'the outbox was taken')
    const inRoom = await client.open(docName.room(room))
    inRoom.provider.awareness?.setLocalState({ user: { username: 'canary' }, canary: 'canary' })
    client.destroy()
    for (const frame of ['canary frame', `\u0024${docName.user(user)}`, '\u0006canary\u0000\u0000']) await junkFrame(frame, port)

    // The database fails under a request, where it can be reached from here: it quotes the row that it could not take.
    if (databaseUrl !== '') {
      const admin = await openDatabase({ url: databaseUrl })
      await admin.query('ALTER TABLE sessions ADD CONSTRAINT none_any_more CHECK (generation < 0) NOT VALID')
      expect((await send('POST', '/api/auth/login', { login: 'canary-name', password: account.password }, known)).status).toBe(500)
      await admin.query('ALTER TABLE users RENAME TO people_elsewhere')
      expect((await send('POST', '/api/auth/login', { login: 'canary-name', password: account.password }, known)).status).toBe(500)
      await send('POST', '/api/auth/register', { ...account, username: 'canary-other', email: 'canary-other@canary.example' })
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
      await send('GET', '/api/bootstrap', undefined, bearer)
      await admin.close()
    }

    await until(() => said.includes('Redis is away'), 'what is away is told')
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    // Before it is ready it names the address that it listens on itself.
    const all = said.slice(said.indexOf('ready at')).split('\n')
    const lines = all.filter((line) => line.startsWith('{'))
    expect(lines.length).toBeGreaterThan(40)
    expect(lines.filter((line) => line.includes('"request"')).length).toBeGreaterThan(40)
    expect(said.split('\n').filter((line) => /canary/i.test(line))).toEqual([])
    const kept = secrets.filter((secret) => secret.length >= 16)
    expect(kept.length).toBeGreaterThan(10)
    for (const secret of [...kept, ...ADDRESSES, message.text]) expect(all.filter((line) => line.includes(secret))).toEqual([])
  })
})

/** Asks for an upgrade that is refused, or closed at once. */
async function refused(path: string, port: number, headers: Record<string, string> = {}): Promise<void> {
  const socket = new WebSocket(`ws://localhost:${port}${path}`, { headers })
  await new Promise<void>((resolve) => {
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
  })
}

async function junkFrame(frame: string, port: number): Promise<void> {
  const socket = new WebSocket(`ws://localhost:${port}/sync?protocol=1`)
  await once(socket, 'open')
  socket.send(Buffer.from(frame))
  await once(socket, 'close')
}
