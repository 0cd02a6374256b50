import { expect, test } from 'vitest'
import type { PersonView, RoomView } from '../../chat/views.ts'
import { jumpEntries, rankEntries } from './jump-entries.ts'
import type { Habits, Places } from './jump-entries.ts'

const person = (username: string, displayName: string): PersonView => ({ id: `u-${username}`, username, displayName })

function room(name: string, more: Partial<RoomView> = {}): RoomView {
  return {
    id: `r-${name}`, kind: 'public', name, topic: '', role: 'member', with: [], head: 10, cursor: 10, unread: 0, mentions: 0, archived: false, starred: false,
    muted: false, level: 'all', draft: false, waiting: false, lastActivityAt: 0, ...more,
  }
}
const direct = (...people: PersonView[]) => room(people.map((one) => one.displayName).join(', '), { kind: 'dm', with: people })

const found = (query: string, places: Partial<Places>, habits: Partial<Habits> = {}) =>
  rankEntries(jumpEntries({ rooms: [], people: [], directory: [], me: 'me', ...places }), query, { recent: [], open: undefined, ...habits }).map((entry) => entry.name)

test('a few letters find a room, in the middle of a word and with some left out', () => {
  const rooms = [room('general'), room('release-7'), room('sync-engine'), room('random')]
  expect(found('gen', { rooms })[0]).toBe('general')
  expect(found('rel7', { rooms })).toEqual(['release-7'])
  expect(found('engine sync', { rooms })).toEqual(['sync-engine'])
  expect(found('ENGI', { rooms })[0]).toBe('sync-engine')
  expect(found('xyz', { rooms })).toEqual([])
})

test('accents do not have to be typed, and may be', () => {
  const people = [person('kat', 'Katarzyna Wiśniewska'), person('elif', 'Elif Yıldız'), person('jose', 'José Ángel'), person('lukasz', 'Łukasz Øvergård')]
  expect(found('wisniewska', { people })).toEqual(['Katarzyna Wiśniewska'])
  expect(found('yildiz', { people })).toEqual(['Elif Yıldız'])
  expect(found('overgard', { people })).toEqual(['Łukasz Øvergård'])
  // Typed with a combining accent, as some keyboards do.
  expect(found('Jose\u0301 A\u0301ngel', { people })).toEqual(['José Ángel'])
})

test('names in Chinese, Japanese, Korean and Cyrillic are found by a part of them, in full or half width', () => {
  const rooms = [room('会議室'), room('東京オフィス'), room('한국어 방'), room('Команда')]
  expect(found('会議', { rooms })).toEqual(['会議室'])
  expect(found('オフィス', { rooms })).toEqual(['東京オフィス'])
  expect(found('ｵﾌｨｽ', { rooms })).toEqual(['東京オフィス'])
  expect(found('방', { rooms })).toEqual(['한국어 방'])
  expect(found('ком', { rooms })).toEqual(['Команда'])
  expect(found('ｇｅｎ', { rooms: [room('general')] })).toEqual(['general'])
})

test('people are found by username as well, a conversation by those in it', () => {
  const bo = person('blq', 'Bo Lindqvist')
  expect(found('blq', { people: [bo] })).toEqual(['Bo Lindqvist'])
  expect(found('blq', { rooms: [direct(bo)] })).toEqual(['Bo Lindqvist'])
})

test('whoever has a conversation with one is offered once, as that conversation; oneself and deleted accounts are not offered', () => {
  const bo = person('bo', 'Bo')
  const gone = person('', 'Deleted user')
  const me = { id: 'me', username: 'me', displayName: 'Me' }
  const entries = jumpEntries({ rooms: [direct(bo)], people: [bo, bo, gone, me, person('cy', 'Cy'), person('cy', 'Cy')], directory: [], me: 'me' })
  expect(entries.map(({ what, name }) => [what, name])).toEqual([
    ['room', 'Bo'],
    ['person', 'Cy'],
  ])
  // A group that someone is in is not the conversation with them.
  const group = jumpEntries({ rooms: [direct(bo, person('cy', 'Cy'))], people: [bo], directory: [], me: 'me' })
  expect(group.map(({ what }) => what)).toEqual(['room', 'person'])
})

test('a public room that one is in is not offered for joining', () => {
  const directory = [
    { room: 'r-general', name: 'general', topic: '', members: 3, joined: true },
    { room: 'r-berlin', name: 'berlin', topic: '', members: 3, joined: false },
  ]
  expect(jumpEntries({ rooms: [room('general')], people: [], directory, me: 'me' }).map(({ what, name }) => [what, name])).toEqual([
    ['room', 'general'],
    ['directory', 'berlin'],
  ])
})

test('without a query: mentions, then other unread rooms, then where one was lately, and not where one is', () => {
  const rooms = [room('here'), room('old', { lastActivityAt: 9 }), room('lately'), room('before'), room('bold', { unread: 2 }), room('badge', { unread: 2, mentions: 1 })]
  expect(found('', { rooms }, { recent: ['r-here', 'r-lately', 'r-before'], open: 'r-here' })).toEqual(['badge', 'bold', 'lately', 'before', 'old'])
})

test('of names that fit as well, the one used lately comes first and an archived room last', () => {
  const rooms = [room('design-a', { archived: true }), room('design-b'), room('design-c')]
  expect(found('design', { rooms }, { recent: ['r-design-c'] })).toEqual(['design-c', 'design-b', 'design-a'])
})
