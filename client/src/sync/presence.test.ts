import { newId } from '@chatflow/shared/ids'
import type { ClientMessage } from '@chatflow/shared/presence'
import { LIMITS } from '@chatflow/shared/limits'
import { expect, it } from 'vitest'
import { Presence } from './presence.ts'
import { ManualClock } from './testing/manual-clock.ts'

const me = { id: newId(), email: 'ada@example.org', username: 'ada', displayName: 'Ada', role: 'member' as const, emailVerified: true }
const ben = newId()
const eve = newId()

function setUp() {
  const clock = new ManualClock()
  const said: ClientMessage[] = []
  return { clock, said, presence: new Presence(clock, me, (message) => said.push(message)) }
}

it('what the server says of people is known until the connection is lost', () => {
  const { presence } = setUp()
  presence.hear({ type: 'people', people: [{ user: ben, status: 'online' }, { user: eve, status: 'offline', lastSeen: 120_000 }] })
  expect([...presence.statuses()]).toEqual([[ben, 'online']])
  expect(presence.lastSeen(eve)).toBe(120_000)
  presence.hear({ type: 'presence', user: ben, status: 'away' })
  presence.hear({ type: 'presence', user: eve, status: 'online' })
  expect(presence.statuses()).toEqual(new Map([[ben, 'away'], [eve, 'online']]))
  expect(presence.lastSeen(eve)).toBeUndefined()
  presence.lost()
  expect(presence.statuses().size).toBe(0)
})

it('a whole list takes the place of what was heard before', () => {
  const { presence } = setUp()
  presence.hear({ type: 'presence', user: ben, status: 'online' })
  presence.hear({ type: 'people', all: true, people: [{ user: eve, status: 'away' }] })
  expect(presence.statuses()).toEqual(new Map([[eve, 'away']]))
})

it('a status that this version does not know is none', () => {
  const { presence } = setUp()
  presence.hear({ type: 'presence', user: ben, status: 'dancing' })
  expect(presence.statuses().size).toBe(0)
})

it('the people of the open room are asked for once, and again on a new connection', async () => {
  const { presence, said, clock } = setUp()
  presence.watch([me.id, ben])
  presence.watch([ben, eve, me.id])
  presence.watch([ben, eve, me.id])
  await clock.pass(1_000)
  expect(said).toEqual([{ type: 'watch', users: [ben, eve] }])
  presence.setStatus('away')
  presence.lost()
  presence.greeted()
  expect(said.slice(1)).toEqual([{ type: 'presence', status: 'away' }, { type: 'presence', status: 'away' }, { type: 'watch', users: [ben, eve] }])
})

it('of a large room only so many are asked for', async () => {
  const { presence, said, clock } = setUp()
  presence.watch(Array.from({ length: LIMITS.watchedPeople + 7 }, () => newId()))
  await clock.pass(1_000)
  expect(said[0]?.type === 'watch' && said[0].users.length).toBe(LIMITS.watchedPeople)
})

it('the room before one\'s eyes is said once it stays, with how present one is, and again on a new connection', async () => {
  const { presence, said, clock } = setUp()
  const [first, second] = [newId(), newId()]
  presence.lookAt(first)
  presence.lookAt(second)
  await clock.pass(1_000)
  expect(said).toEqual([{ type: 'presence', status: 'online', room: second }])
  presence.lost()
  presence.greeted()
  presence.setStatus('away')
  presence.lookAt(undefined)
  await clock.pass(1_000)
  expect(said.slice(1)).toEqual([{ type: 'presence', status: 'online', room: second }, { type: 'presence', status: 'away', room: second }, { type: 'presence', status: 'away' }])
})
