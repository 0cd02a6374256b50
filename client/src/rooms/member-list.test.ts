import { expect, test } from 'vitest'
import type { MemberView } from '../chat/views.ts'
import { byRole, matchesMember, mergeMembers } from './member-list.ts'

const member = (name: string, more: Partial<MemberView> = {}): MemberView => ({ id: name, username: name.toLowerCase(), displayName: name, role: 'member', ...more })

test('members stand by role, in each who is online first', () => {
  const list = byRole([member('Zoe', { presence: 'online' }), member('Ben'), member('Ada', { role: 'owner' }), member('Cy', { presence: 'away' }), member('Al', { role: 'reader' })])
  expect(list.map(({ title, members }) => [title, members.map(({ displayName }) => displayName)])).toEqual([
    ['rooms.owners', ['Ada']],
    ['rooms.members', ['Zoe', 'Cy', 'Ben']],
    ['rooms.readers', ['Al']],
  ])
})

test('a member is found by a part of either name, in any case', () => {
  const zoe = member('Zoë Brandt', { username: 'zb' })
  for (const query of ['', ' ', 'zoë', 'BRAND', 'zb']) expect(matchesMember(zoe, query)).toBe(true)
  expect(matchesMember(zoe, 'ada')).toBe(false)
})

test('whoever is in both lists is listed once, as the first list has them', () => {
  const merged = mergeMembers([member('Ada', { presence: 'online' })], [member('Ada'), member('Ben')])
  expect(merged.map(({ displayName, presence }) => [displayName, presence])).toEqual([
    ['Ada', 'online'],
    ['Ben', undefined],
  ])
})
