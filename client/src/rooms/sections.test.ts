import { expect, test } from 'vitest'
import type { RoomView } from '../chat/views.ts'
import { badgeOf, isUnread, neighbour, sections, visibleRooms } from './sections.ts'

function room(id: string, more: Partial<RoomView> = {}): RoomView {
  return {
    id, kind: 'public', name: id, topic: '', role: 'member', with: [], head: 10, cursor: 10, unread: 0, mentions: 0, archived: false, starred: false,
    muted: false, level: more.muted === true ? 'none' : 'all', draft: false, waiting: false, lastActivityAt: 0, ...more,
  }
}

const names = (rooms: RoomView[], open?: { id: string; unread: boolean }) => sections(rooms, open).map((s) => [s.name, s.rooms.map((r) => r.id)])

test('every room stands in exactly one section', () => {
  const rooms = [room('b', { unread: 2, starred: true }), room('a', { starred: true }), room('c'), room('d', { kind: 'dm' })]
  expect(names(rooms)).toEqual([
    ['unread', ['b']],
    ['starred', ['a']],
    ['rooms', ['c']],
    ['direct', ['d']],
  ])
})

test('a muted room is unread only by a mention', () => {
  expect(names([room('a', { muted: true, unread: 5 })])).toEqual([['rooms', ['a']]])
  expect(names([room('a', { muted: true, unread: 5, mentions: 1 })])).toEqual([['unread', ['a']]])
})

test('the open room stays where it stood when it was opened', () => {
  expect(names([room('a', { unread: 1 })], { id: 'a', unread: false })).toEqual([['rooms', ['a']]])
  expect(names([room('a'), room('b')], { id: 'a', unread: true })).toEqual([
    ['unread', ['a']],
    ['rooms', ['b']],
  ])
})

test('archived rooms stand at the end, also starred ones, unless something in them is unread', () => {
  expect(names([room('Zeta'), room('alpha', { archived: true, starred: true }), room('beta', { archived: true, unread: 1 })])).toEqual([
    ['unread', ['beta']],
    ['rooms', ['Zeta']],
    ['archived', ['alpha']],
  ])
})

test('of a folded section only the open room is seen', () => {
  const [section] = sections([room('a'), room('b')])
  if (section === undefined) throw new Error('There is a section.')
  const ids = (folded: boolean, open?: string) => visibleRooms(section, folded, open).map(({ id }) => id)
  expect(ids(false)).toEqual(['a', 'b'])
  expect(ids(true)).toEqual([])
  expect(ids(true, 'b')).toEqual(['b'])
})

test('the badge counts mentions in rooms and everything in direct conversations', () => {
  expect(badgeOf(room('a', { unread: 7 }))).toBeUndefined()
  expect(badgeOf(room('a', { unread: 7, mentions: 2 }))).toBe('2')
  expect(badgeOf(room('a', { kind: 'dm', unread: 7 }))).toBe('7')
  expect(badgeOf(room('a', { kind: 'dm', unread: 100 }))).toBe('99+')
})

test('stepping through rooms goes round, or to unread ones only', () => {
  const order = [room('a'), room('b', { unread: 1 }), room('c')]
  expect(neighbour(order, 'c', 1, false)?.id).toBe('a')
  expect(neighbour(order, 'a', -1, false)?.id).toBe('c')
  expect(neighbour(order, 'a', 1, true)?.id).toBe('b')
  expect(neighbour(order, undefined, 1, true)?.id).toBe('b')
  expect(neighbour([], 'a', 1, false)).toBeUndefined()
})

test('of a room whose mentions alone are to be noticed nothing else is; in a direct conversation everything is meant for one', () => {
  expect(isUnread(room('a', { level: 'mentions', unread: 5 }))).toBe(false)
  expect(isUnread(room('a', { level: 'mentions', unread: 5, mentions: 1 }))).toBe(true)
  expect(badgeOf(room('a', { level: 'mentions', unread: 5, mentions: 1 }))).toBe('1')
  expect(isUnread(room('a', { kind: 'dm', level: 'mentions', unread: 5 }))).toBe(true)
  expect(badgeOf(room('a', { kind: 'dm', level: 'mentions', unread: 5 }))).toBe('5')
  expect(isUnread(room('a', { kind: 'dm', level: 'none', unread: 5 }))).toBe(false)
  expect(badgeOf(room('a', { kind: 'dm', level: 'none', unread: 5 }))).toBeUndefined()
})
