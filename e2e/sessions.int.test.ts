/** Sessions that are ended, with two processes on one Postgres, without Redis. */
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { docName } from '@chatflow/shared/doc-names'
import type { SessionList } from '@chatflow/shared/api/sessions'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account } from './support/account.ts'
import { StockClient } from './support/stock-client.ts'

describe('a session that is ended through one of two servers', () => {
  let one: TestServer
  let two: TestServer
  const clients: StockClient[] = []

  beforeAll(async () => {
    const options = { client: false, databaseUrl: await freshDatabase(await testPostgres()), publicUrl: 'http://localhost:3000' }
    ;[one, two] = await Promise.all([TestServer.start(options), TestServer.start(options)])
  })
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy()
  })
  afterAll(() => Promise.all([one, two].map((server) => server.dispose())))

  /** A live connection of an account: its next close, and whether that has come. */
  async function connect(server: TestServer, account: Account) {
    const client = new StockClient(server.url, account.token)
    clients.push(client)
    await client.open(docName.user(account.id))
    const connection = { open: true, closed: client.closed() }
    void connection.closed.then(() => (connection.open = false))
    return connection
  }

  const send = (account: Account, method: string, path = '') => fetch(`${one.url}/api/auth/sessions${path}`, { method, headers: { authorization: `Bearer ${account.token}` } })

  test('[R5] loses its live connections on both within 2 s, and no other does', async () => {
    const desk = await Account.register(one.url, 'ada')
    const phone = await Account.login(two.url, desk.username)
    const [here, ...lost] = await Promise.all([connect(two, desk), connect(one, phone), connect(two, phone)])
    const { sessions } = (await (await send(desk, 'GET')).json()) as SessionList
    const { id } = sessions.find(({ current }) => !current) ?? {}
    expect((await send(desk, 'DELETE', `/${id}`)).status).toBe(204)
    const asked = performance.now()
    expect(await Promise.all(lost.map(({ closed }) => closed))).toEqual([4401, 4401])
    expect(performance.now() - asked).toBeLessThan(2_000)
    expect(here.open).toBe(true)
  })

  test('[R5] as all others are at once', async () => {
    const desk = await Account.register(one.url, 'ben')
    const others = await Promise.all([one, two, two].map((server) => Account.login(server.url, desk.username)))
    const here = await connect(two, desk)
    const lost = await Promise.all(others.map((account) => connect(two, account)))
    expect((await send(desk, 'DELETE')).status).toBe(204)
    const asked = performance.now()
    expect(await Promise.all(lost.map(({ closed }) => closed))).toEqual([4401, 4401, 4401])
    expect(performance.now() - asked).toBeLessThan(2_000)
    expect(here.open).toBe(true)
  })

  test('[R5] by the reuse of a spent token loses them too', async () => {
    const desk = await Account.register(one.url, 'cem')
    const refresh = async (cookie: string) => {
      const answer = await fetch(`${one.url}/api/auth/refresh`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: '{}' })
      return { status: answer.status, cookie: answer.headers.getSetCookie().find((line) => line.startsWith('chatflow_session='))?.split(';')[0] ?? '' }
    }
    const signIn = await fetch(`${one.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: desk.username, password: 'correct horse battery' }),
    })
    const { accessToken, user } = (await signIn.json()) as { accessToken: string; user: Account['user'] }
    const stolen = signIn.headers.getSetCookie().find((line) => line.startsWith('chatflow_session='))?.split(';')[0] ?? ''
    const live = await connect(two, new Account(user, accessToken, stolen))
    const next = await refresh(stolen)
    await refresh(next.cookie)
    expect((await refresh(stolen)).status).toBe(401)
    const asked = performance.now()
    expect(await live.closed).toBe(4401)
    expect(performance.now() - asked).toBeLessThan(2_000)
  })
})
