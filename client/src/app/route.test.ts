import { expect, test } from 'vitest'
import { formatRoute, parseRoute } from './route.ts'
import type { Route } from './route.ts'

const room = '0197a000-0000-7000-8000-000000000001'

test('a route survives being written into the address and read back', () => {
  const routes: Route[] = [
    {}, { room }, { room, panel: 'members' }, { room, panel: 'members', item: room }, { room, at: 4711 }, { room, at: 4711, panel: 'mentions' },
    { page: 'settings' }, { page: 'reports', section: 'open' }, { page: 'reset', section: 'aB3_-.x' },
  ]
  for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route)
})

test('a place in a room that is no number opens the room', () => {
  for (const at of ['', '0', '-1', 'x', '1e3', '1'.repeat(16)]) expect(parseRoute(`#/rooms/${room}/at/${at}`)).toEqual({ room })
})

test('a panel that is not known opens the room alone', () => {
  for (const rest of ['', '/', '/panels', '/memberss', '/MEMBERS']) expect(parseRoute(`#/rooms/${room}${rest}`)).toEqual({ room })
  expect(parseRoute(`#/rooms/${room}/members/a b`)).toEqual({ room, panel: 'members' })
})

test('an address that names no room opens none', () => {
  for (const hash of ['', '#', '#/', '#/rooms/', '#/rooms/not-an-id', '#/other/thing', '#/settingsx']) expect(parseRoute(hash)).toEqual({})
})
