import { foldings } from './fold.ts'
import { groupsOf, together } from './words.ts'

/** What one word or phrase of a query asks for. */
export interface Term {
  /** Its place in the query, with dash and quotes. */
  at: number
  length: number
  not: boolean
  /** In this order, directly one after another: at each place one of these forms. */
  slots: string[][]
  /** Or all of it written as one word: `e-mail` is also `email`. */
  together: string[]
  /** The last slot, and what is written together, may be the beginning of a longer word. */
  prefix: boolean
}

/** A word of so many characters also finds longer ones that begin with it; the last word of a query, which may not be typed to its end, from two. */
const PREFIX_FROM = 3
const LAST_PREFIX_FROM = 2

/** What a word or phrase asks for; undefined if there is no word in it. Words in quotes, words that are not to be found, and numbers are exact. */
export function termOf({ at, length, not, value, quoted }: { at: number; length: number; not: boolean; value: string; quoted: boolean }, last: boolean): Term | undefined {
  const groups = groupsOf(value)
  const runs = groups.flat()
  const end = runs.at(-1)
  if (end === undefined) return undefined
  const slots = runs.flatMap(({ start, end: until, parts, suffix }) => {
    const forms = parts.map((part) => foldings(value.slice(part.start, part.end)))
    return suffix === '' ? forms : [...forms.slice(0, -1), foldings(value.slice(start, until - suffix.length)).map((form) => form + suffix)]
  })
  const [group] = groups
  const one = !quoted && groups.length === 1 && group !== undefined && slots.length > 1 ? together(value, group) : []
  const final = slots.at(-1)?.[0] ?? ''
  const isWord = end.letters && end.suffix === '' && !/^\p{N}+$/u.test(final)
  const typed = one[0]?.length ?? final.length
  const prefix = isWord && !quoted && !not && typed >= (last ? LAST_PREFIX_FROM : PREFIX_FROM)
  return { at, length, not, slots, together: one, prefix }
}
