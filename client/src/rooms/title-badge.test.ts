import { expect, test } from 'vitest'
import type { RoomView } from '../chat/views.ts'
import { titleBadge } from './title-badge.ts'

function room(more: Partial<RoomView> = {}): RoomView {
  return {
    id: 'r', kind: 'public', name: 'r', topic: '', role: 'member', with: [], head: 10, cursor: 10, unread: 0, mentions: 0, archived: false, starred: false,
    muted: false, level: 'all', draft: false, waiting: false, lastActivityAt: 0, ...more,
  }
}

test('the title counts mentions and direct messages, and has a dot for what is merely unread', () => {
  expect(titleBadge([room()])).toBe('')
  expect(titleBadge([room({ unread: 5 })])).toBe('• ')
  expect(titleBadge([room({ unread: 5, mentions: 2 }), room({ kind: 'dm', unread: 3 })])).toBe('(5) ')
  expect(titleBadge([room({ kind: 'dm', unread: 60 }), room({ kind: 'dm', unread: 60 })])).toBe('(99+) ')
})

test('what is muted does not show in the title, unless it mentions one', () => {
  expect(titleBadge([room({ unread: 5, level: 'none' }), room({ kind: 'dm', unread: 5, level: 'none' })])).toBe('')
  expect(titleBadge([room({ unread: 5, mentions: 1, level: 'none' })])).toBe('(1) ')
})
