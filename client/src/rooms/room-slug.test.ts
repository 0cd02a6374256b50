import { expect, test } from 'vitest'
import { roomSlug } from './room-slug.ts'

test('the name of a room is one word after #', () => {
  expect(roomSlug('general')).toBe('general')
  expect(roomSlug('Two  words')).toBe('two-words')
  expect(roomSlug('Release 7.2 (beta)!')).toBe('release-7.2-beta')
  expect(roomSlug('Café & Küche')).toBe('café-küche')
  expect(roomSlug('読書会')).toBe('読書会')
  expect(roomSlug('🎉')).toBe('')
})
