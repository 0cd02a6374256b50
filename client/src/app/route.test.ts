import { expect, test } from 'vitest'
import { formatRoute, parseRoute } from './route.ts'

const room = '0197a000-0000-7000-8000-000000000001'

test('a route survives being written into the address and read back', () => {
  for (const route of [{}, { room }, { room, panel: 'members' as const }, { room, at: 4711 }, { page: 'settings' as const }, { page: 'reports' as const, section: 'open' }, { page: 'reset' as const, section: 'aB3_-.x' }]) expect(parseRoute(formatRoute(route))).toEqual(route)
})

test('a place in a room that is no number opens the room', () => {
  for (const at of ['', '0', '-1', 'x', '1e3', '1'.repeat(16)]) expect(parseRoute(`#/rooms/${room}/at/${at}`)).toEqual({ room })
})

test('an address that names no room opens none', () => {
  for (const hash of ['', '#', '#/', '#/rooms/', '#/rooms/not-an-id', '#/other/thing', '#/settingsx']) expect(parseRoute(hash)).toEqual({})
})
