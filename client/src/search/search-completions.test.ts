import { expect, test } from 'vitest'
import type { PersonView, RoomView } from '../chat/views.ts'
import { complete, completionsOf, valueAt } from './search-completions.ts'

const person = (username: string, displayName: string): PersonView => ({ id: username, username, displayName })
const room = (name: string, more: Partial<RoomView> = {}) => ({ id: name, kind: 'public', name, with: [], ...more }) as unknown as RoomView
const PEOPLE = [person('ana', 'Ana Ribeiro'), person('hana', 'Hana Kobayashi'), person('', 'Deleted user'), person('zoe', 'Anaïs')]
const ROOMS = [room('general'), room('two words'), room('say "hi"', { id: 'id-of-hi' }), room('Ben Ito', { kind: 'dm', with: [person('ben', 'Ben Ito')] }), room('A, B', { kind: 'dm', with: [person('a', 'A'), person('b', 'B')] })]

/** What is offered at the end of the text, and what the text is with the first of it. */
function offer(text: string): { values: string[]; first: string | undefined } {
  const value = valueAt(text, text.length)
  const found = value === undefined ? [] : completionsOf(value, PEOPLE, ROOMS)
  const [chosen] = found
  return { values: found.map((one) => one.value), first: value === undefined || chosen === undefined ? undefined : complete(text, text.length, value, chosen).text }
}

test('people by their names behind from:, those that begin with it first, whose account is gone never', () => {
  expect(offer('tea from:an').values).toEqual(['ana', 'zoe', 'hana'])
  expect(offer('from:m').values[0]).toBe('me')
  expect(offer('-from:@ha').first).toBe('-from:hana ')
  // What is written out needs no help.
  expect(offer('from:ana').values).toEqual([])
})

test('rooms behind in:, in quotes where the name needs them, by id where that has quotes, conversations by the person', () => {
  expect(offer('in:ge').first).toBe('in:general ')
  expect(offer('in:"two').first).toBe('in:"two words" ')
  expect(offer('in:say').first).toBe('in:id-of-hi ')
  expect(offer('in:@be').first).toBe('in:@ben ')
  expect(offer('in:be').values).toEqual(['@ben'])
  expect(offer('in:#be').values).toEqual([])
})

test('kinds and days; nothing behind words, times, addresses and closed quotes', () => {
  expect(offer('has:').values).toEqual(['link', 'code', 'reaction', 'file', 'pin', 'thread'])
  expect(offer('has:re').first).toBe('has:reaction ')
  expect(offer('before:').values).toEqual(['today', 'yesterday'])
  for (const text of ['tea', 'https://in:x', '10:30', 'xin:ge', 'in:"two words" ', 'from: ']) expect(offer(text).values).toEqual([])
})

test('the rest of the text stays behind what was chosen', () => {
  const value = valueAt('in:ge tea', 5)
  const [chosen] = value === undefined ? [] : completionsOf(value, PEOPLE, ROOMS)
  expect(value && chosen && complete('in:ge tea', 5, value, chosen)).toEqual({ text: 'in:general tea', caret: 11 })
})
