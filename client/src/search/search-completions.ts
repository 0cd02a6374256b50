import { HAS } from '@chatflow/shared/search/has'
import type { Has } from '@chatflow/shared/search/has'
import type { PersonView, RoomView } from '../chat/views.ts'
import type { PlainKey } from '../i18n/words.ts'

/** What can stand behind an operator. */
export interface SearchCompletion {
  /** The value as it is written in a query. */
  value: string
  what: { kind: 'person'; person: PersonView } | { kind: 'room'; room: RoomView } | { kind: 'word'; word: PlainKey }
}

/** The operator at the caret, and where its value begins. */
export interface SearchValue {
  operator: 'from' | 'in' | 'has' | 'date'
  start: number
  typed: string
}

const OPEN = /(?:^|\s)-?(from|in|has|before|after|on):([^\s"]*|"[^"]*)$/i

const SHOWN = 6
const HAS_WORDS: Readonly<Record<Has, PlainKey>> = { link: 'search.hasLink', code: 'search.hasCode', file: 'search.hasFile', reaction: 'search.hasReaction', pin: 'search.hasPin', thread: 'search.hasThread' }
const DATES: readonly (readonly [string, PlainKey])[] = [
  ['today', 'search.today'],
  ['yesterday', 'search.yesterday'],
]

/** Is a value being typed at the caret? */
export function valueAt(text: string, caret: number): SearchValue | undefined {
  const [, name = '', typed = ''] = OPEN.exec(text.slice(0, caret)) ?? []
  if (name === '') return undefined
  const operator = name.toLowerCase()
  const start = caret - typed.length
  if (operator === 'from' || operator === 'in' || operator === 'has') return { operator, start, typed }
  return { operator: 'date', start, typed }
}

/** What fits; nothing where it stands there already. */
export function completionsOf({ operator, typed }: SearchValue, people: readonly PersonView[], rooms: readonly RoomView[]): SearchCompletion[] {
  const wanted = plain(typed.replace(/^[@#]?"?[@#]?/, ''))
  if (operator === 'has' || operator === 'date') {
    const words = (operator === 'has' ? HAS.map((what) => [what, HAS_WORDS[what]] as const) : DATES).filter(([value]) => value.startsWith(wanted) && value !== wanted)
    return words.map(([value, word]) => ({ value, what: { kind: 'word', word } }))
  }
  const persons = people.filter(({ username }) => username !== '')
  if (operator === 'from') {
    const me: SearchCompletion[] = wanted !== 'me' && 'me'.startsWith(wanted) ? [{ value: 'me', what: { kind: 'word', word: 'search.fromMe' } }] : []
    return [...me, ...best(persons, wanted, ({ username, displayName }) => [username, displayName]).map((person): SearchCompletion => ({ value: person.username, what: { kind: 'person', person } }))].slice(0, SHOWN)
  }
  const direct = rooms.filter((room) => room.kind === 'dm' && room.with.length === 1 && room.with[0]?.username !== '')
  const named = typed.startsWith('@') ? [] : rooms.filter((room) => room.kind !== 'dm')
  const all = [...named, ...(typed.startsWith('#') ? [] : direct)]
  const namesOf = (room: RoomView) => (room.kind === 'dm' ? [room.with[0]?.username ?? '', room.name] : [room.name])
  return best(all, wanted, namesOf).slice(0, SHOWN).map((room) => ({ value: valueOf(room), what: { kind: 'room', room } }))
}

/** The text with the value in its place and a space behind it, and where the caret stands then. */
export function complete(text: string, caret: number, { start }: SearchValue, { value }: SearchCompletion): { text: string; caret: number } {
  const before = `${text.slice(0, start)}${value} `
  return { text: before + text.slice(caret).replace(/^"?\s?/, ''), caret: before.length }
}

/** As it is written behind `in:`. */
export function valueOf(room: RoomView): string {
  if (room.kind === 'dm') return room.with.length === 1 ? `@${room.with[0]?.username ?? ''}` : room.id
  // Within quotes no other can stand.
  if (/["“”„«»]/.test(room.name)) return room.id
  return /\s/.test(room.name) ? `"${room.name}"` : room.name
}

/** Names that begin with what was typed come before those that hold it; what is written out needs no help. */
function best<T>(all: readonly T[], wanted: string, namesOf: (one: T) => string[]): T[] {
  const names = new Map(all.map((one) => [one, namesOf(one).map(plain)]))
  if (all.some((one) => names.get(one)?.[0] === wanted)) return []
  const begins = (one: T) => names.get(one)?.some((name) => name.startsWith(wanted)) === true
  const holds = (one: T) => names.get(one)?.some((name) => name.includes(wanted)) === true
  return [...all.filter(begins), ...all.filter((one) => !begins(one) && holds(one))]
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}
