import { newId } from '@chatflow/shared/ids'
import { describe, expect, it } from 'vitest'
import type { ConnectionState } from './connection-state.ts'
import { Listeners } from './listeners.ts'
import { ServerTalk } from './server-talk.ts'
import { ManualClock } from './testing/manual-clock.ts'

/** A page on the line with a server. What it does is noted in order. */
function talk() {
  const clock = new ManualClock()
  const done: string[] = []
  const fresh = new Listeners()
  const stateless = new Listeners<string>()
  const connection = { closed: new Listeners(), state: { state: 'connected' } as ConnectionState, hurry: () => void done.push('hurry') }
  const server = new ServerTalk({
    clock,
    session: { onFresh: (listener) => fresh.add(listener) },
    connection,
    mine: { session: { stateless, sendToken: () => void done.push('token'), resync: () => void done.push('sign of life') } },
    greeting: { meet: async (epoch) => void done.push(`greeted by ${epoch}`), stop: () => void done.push('no more greetings') },
    serverClock: { heard: (time) => void done.push(`it is ${time}`) },
    presence: { greeted: () => void done.push('here'), hear: ({ type }) => void done.push(type), lost: () => void done.push('nobody') },
    rooms: { learn: (room, head, rev) => void done.push(`${room} is at ${head}, ${rev}`) },
    onActivity: () => void done.push('changed'),
  })
  return { clock, done, fresh, connection, server, say: (message: object) => stateless.emit(JSON.stringify(message)) }
}

describe('what page and server say to each other', () => {
  it('is the hello first: the time, that this page is here, and what follows from the epoch', () => {
    const { done, say } = talk()
    say({ type: 'hello', epoch: 'one', protocol: 1, time: 5 })
    expect(done).toEqual(['it is 5', 'here', 'greeted by one'])
  })

  it('is who is there, where something happens, and nothing that this client does not know', () => {
    const { done, say } = talk()
    const room = newId()
    say({ type: 'presence', user: newId(), status: 'online' })
    say({ type: 'people', people: [] })
    say({ type: 'activity', room, head: 3, rev: 4 })
    say({ type: 'activity', room, head: 5 })
    say({ type: 'something newer' })
    expect(done).toEqual(['presence', 'people', `${room} is at 3, 4`, 'changed', `${room} is at 5, 0`, 'changed'])
  })

  it('is each fresh token, which may also bring back a connection that was refused', () => {
    const { done, fresh, connection } = talk()
    fresh.emit()
    connection.state = { state: 'needs-sign-in' }
    fresh.emit()
    connection.state = { state: 'refused', code: 'second_factor_missing' }
    fresh.emit()
    expect(done).toEqual(['token', 'token', 'hurry', 'token', 'hurry'])
  })

  it('is a sign of life every 15 s; a lost connection knows of nobody, and an ended page says nothing', async () => {
    const { clock, done, fresh, connection, server } = talk()
    await clock.pass(30_000)
    connection.closed.emit()
    expect(done).toEqual(['sign of life', 'sign of life', 'nobody'])
    server.stop()
    await clock.pass(60_000)
    fresh.emit()
    expect(done.slice(3)).toEqual(['no more greetings'])
  })
})
