import type { Me } from '@chatflow/shared/api/account'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryPlatform } from '../platform/memory-platform.ts'
import { Connection } from './connection.ts'
import { FakeSockets } from './testing/fake-socket.ts'
import { person } from './testing/harness.ts'
import { ManualClock } from './testing/manual-clock.ts'
import { SessionEnded } from './token-source.ts'

async function start(user = person()) {
  const clock = new ManualClock()
  const sockets = new FakeSockets()
  const platform = createMemoryPlatform({ WebSocket: sockets.WebSocket, clock, origin: 'https://chat.example', random: () => 0 })
  const session = { refused: 0, failure: undefined as Error | undefined, signedOut: false }
  const connection = new Connection(platform, {
    get user() {
      if (session.signedOut) throw new SessionEnded()
      return user
    },
    token: async () => {
      if (session.failure) throw session.failure
      return 'token'
    },
    refuse: () => (session.refused += 1),
    onFresh: () => () => undefined,
  })
  onTestFinished(() => connection.stop())
  connection.start()
  await clock.pass(0)
  return { clock, sockets, platform, session, connection }
}

async function connected() {
  const all = await start()
  all.sockets.last.open()
  all.connection.greeted()
  return all
}

describe('the connection', () => {
  it('goes to the socket of the same origin, and counts from the hello on', async () => {
    const { sockets, connection } = await start()
    expect(sockets.last.url).toBe('wss://chat.example/sync?protocol=1')
    sockets.last.open()
    expect([connection.isOpen, connection.state]).toEqual([true, { state: 'connecting' }])
    connection.greeted()
    expect(connection.state).toEqual({ state: 'connected' })
  })

  it('comes back after a restart of the server', async () => {
    const { clock, sockets, connection } = await connected()
    sockets.last.closeWith(1012)
    expect(connection.state).toEqual({ state: 'offline', since: clock.now() })
    await clock.pass(0)
    expect(sockets.made).toHaveLength(2)
    sockets.last.open()
    connection.greeted()
    expect(connection.state).toEqual({ state: 'connected' })
  })

  it('waits longer after each failure, and says since when it is offline', async () => {
    const { clock, sockets, connection } = await connected()
    const since = clock.now()
    sockets.last.closeWith(1006)
    const made: number[] = []
    for (let i = 0; i < 4; i += 1) {
      await clock.pass(500 * 2 ** i)
      made.push(sockets.made.length)
      sockets.last.closeWith(1006)
    }
    expect(made).toEqual([2, 3, 4, 5])
    expect(connection.state).toEqual({ state: 'offline', since })
  })

  it('tries at once when the network is back', async () => {
    const { clock, sockets, platform } = await connected()
    platform.network.set(false)
    await clock.pass(0)
    expect(sockets.made).toHaveLength(1)
    platform.network.set(true)
    await clock.pass(0)
    expect(sockets.made).toHaveLength(2)
  })

  it('does not wait for a closing handshake when the network is gone', async () => {
    const { platform, connection } = await connected()
    let closed = 0
    connection.closed.add(() => (closed += 1))
    platform.network.set(false)
    expect([connection.isOpen, connection.state.state, closed]).toEqual([false, 'offline', 1])
  })

  it('gives up a try that brings no hello', async () => {
    const { clock, sockets, connection } = await start()
    sockets.last.open()
    await clock.pass(20_000)
    expect(connection.state.state).toBe('offline')
    await clock.pass(1_000)
    expect(sockets.made).toHaveLength(2)
  })

  it('gets a new token when the server ends the session, and comes back with it', async () => {
    const { clock, sockets, session } = await connected()
    sockets.last.closeWith(4401)
    await clock.pass(0)
    expect(session.refused).toBe(1)
    expect(sockets.made).toHaveLength(2)
  })

  it('does not try for ever without a session; it comes back after signing in again', async () => {
    const { clock, sockets, session, connection } = await connected()
    session.failure = new SessionEnded()
    sockets.last.closeWith(4401)
    await clock.pass(600_000)
    expect(connection.state).toEqual({ state: 'needs-sign-in' })
    expect(sockets.made).toHaveLength(1)
    session.failure = undefined
    connection.hurry()
    await clock.pass(0)
    expect(sockets.made).toHaveLength(2)
  })

  it('does not come back when somebody has signed out while the token was on its way', async () => {
    const { clock, sockets, session, connection } = await connected()
    session.signedOut = true
    sockets.last.closeWith(1012)
    await clock.pass(600_000)
    expect([connection.state, sockets.made.length]).toEqual([{ state: 'needs-sign-in' }, 1])
  })

  it('says that the account has been deactivated, and asks for no password then', async () => {
    const { clock, sockets, session, connection } = await connected()
    session.failure = new SessionEnded('account_disabled')
    sockets.last.closeWith(4401)
    await clock.pass(600_000)
    expect(connection.state).toEqual({ state: 'refused', code: 'account_disabled' })
    expect(sockets.made).toHaveLength(1)
  })

  it('stays away from a server that refuses this version', async () => {
    const { clock, sockets, connection, platform } = await connected()
    sockets.last.closeWith(4406)
    platform.network.set(true)
    await clock.pass(600_000)
    expect(connection.state).toEqual({ state: 'refused', code: 'protocol_unsupported' })
    expect(sockets.made).toHaveLength(1)
  })

  it('does not hurry a server that refuses every new token', async () => {
    const { clock, sockets } = await connected()
    for (let i = 0; i < 5; i += 1) {
      sockets.last.closeWith(4401)
      await clock.pass(0)
    }
    expect(sockets.made).toHaveLength(2)
  })

  it('waits while a second factor has to be set up, and goes on once it is there', async () => {
    const user: Me = { ...person(), secondFactorMissing: true }
    const { clock, sockets, connection } = await start(user)
    expect([connection.state, sockets.made.length]).toEqual([{ state: 'refused', code: 'second_factor_missing' }, 0])
    connection.hurry()
    await clock.pass(0)
    expect(sockets.made.length).toBe(0)
    delete user.secondFactorMissing
    connection.hurry()
    await clock.pass(0)
    expect([connection.state, sockets.made.length]).toEqual([{ state: 'connecting' }, 1])
    sockets.last.closeWith(1006)
    await clock.pass(30_000)
    expect(sockets.made.length).toBeGreaterThan(1)
  })
})

describe('a document that is refused because of the session', () => {
  it('has the connection come back with a new token', async () => {
    const { clock, sockets, session, connection } = await connected()
    connection.documentRefused({ next: 'refresh' })
    await clock.pass(0)
    expect([session.refused, sockets.made.length]).toEqual([1, 2])
  })

  it('for good keeps this client away', async () => {
    const { clock, sockets, session, connection } = await connected()
    connection.documentRefused({ next: 'refused', code: 'protocol_unsupported' })
    await clock.pass(600_000)
    expect([connection.state, session.refused, sockets.made.length]).toEqual([{ state: 'refused', code: 'protocol_unsupported' }, 0, 1])
  })
})

describe('documents', () => {
  it('may attach while the socket is open', async () => {
    const { sockets, connection } = await start()
    let attached = 0
    connection.gate.enter({}, () => (attached += 1))
    expect(attached).toBe(0)
    sockets.last.open()
    expect(attached).toBe(1)
    sockets.last.closeWith(1006)
    connection.gate.enter({}, () => (attached += 1))
    expect(attached).toBe(1)
  })
})
