import type { Term } from './term.ts'
import { type Piece, type Word, wordsOf } from './words.ts'

/** A term found in a text. */
interface Occurrence extends Piece {
  /** Place of its first word, and how many it takes. */
  at: number
  places: number
  /** 1: as asked for; less: the beginning of a longer word, by how much of it was asked for. */
  exactness: number
}

export interface TextMatch {
  /** What was found, in order, not overlapping. */
  ranges: Piece[]
  /** How well the text answers, from 0 to 1, whatever its age. */
  quality: number
}

/**
 * Does a text hold what the terms of a query ask for? This is what a search means, on servers and on devices; indexes only find sooner what may match.
 * Undefined: it does not. Without terms every text matches.
 */
export function matchText(terms: readonly Term[], text: string): TextMatch | undefined {
  return matchPlaces(terms, placesOf(text))
}

/** The words of a text by their places: for whoever asks the same text again and again. */
export function placesOf(text: string): Word[][] {
  const places: Word[][] = []
  for (const word of wordsOf(text)) (places[word.at] ??= []).push(word)
  return places
}

/** `matchText` of a text whose words are known. */
export function matchPlaces(terms: readonly Term[], places: readonly Word[][]): TextMatch | undefined {
  const found: Occurrence[][] = []
  for (const term of terms) {
    const occurrences = occurrencesOf(term, places)
    if (term.not ? occurrences.length > 0 : occurrences.length === 0) return undefined
    if (!term.not) found.push(occurrences)
  }
  return { ranges: merged(found.flat()), quality: qualityOf(found, places.length) }
}

/** So many hits before and after one are looked at: a word written together seldom has more parts. */
const NEAR = 8

function occurrencesOf(term: Term, places: readonly Word[][]): Occurrence[] {
  const found: Occurrence[] = []
  for (let at = 0; at < places.length; at++) {
    const occurrence = phraseAt(term, places, at) ?? wordAt(term.together, term.prefix, places, at)
    if (occurrence !== undefined) found.push(occurrence)
  }
  // `foo` in `foo_bar` is the `foo`, though the whole begins with it too.
  return found.filter((one, index) => {
    // Nothing is more exact.
    if (one.exactness === 1) return true
    const near = found.slice(Math.max(0, index - NEAR), index + NEAR)
    return !near.some((other) => other.exactness > one.exactness && other.start >= one.start && other.end <= one.end)
  })
}

function phraseAt({ slots, prefix }: Term, places: readonly Word[][], at: number): Occurrence | undefined {
  let first: Occurrence | undefined
  let last: Occurrence | undefined
  for (const [index, forms] of slots.entries()) {
    last = wordAt(forms, prefix && index === slots.length - 1, places, at + index)
    if (last === undefined) return undefined
    first ??= last
  }
  return first && last && { at, places: slots.length, start: first.start, end: Math.max(first.end, last.end), exactness: last.exactness }
}

/** The best of the words at a place that are one of the forms, or begin with one. */
function wordAt(forms: readonly string[], prefix: boolean, places: readonly Word[][], at: number): Occurrence | undefined {
  let best: Occurrence | undefined
  for (const word of places[at] ?? []) {
    for (const form of forms) {
      if (word.form !== form && !(prefix && word.form.startsWith(form))) continue
      const exactness = form.length / word.form.length
      if (best === undefined || exactness > best.exactness) best = { at, places: 1, start: word.start, end: word.end, exactness }
    }
  }
  return best
}

/** Exact words count most, then words that stand together as asked for, then how much of the text they are. */
function qualityOf(found: readonly Occurrence[][], length: number): number {
  if (found.length === 0) return 1
  const exactness = found.map((occurrences) => occurrences.reduce((most, one) => Math.max(most, one.exactness), 0))
  const asked = found.reduce((sum, [one]) => sum + (one?.places ?? 0), 0)
  const exact = exactness.reduce((sum, one) => sum + one, 0) / found.length
  const close = Math.min(1, asked / narrowest(found))
  return 0.6 * exact + 0.25 * close + 0.15 * Math.sqrt(Math.min(1, asked / length))
}

/** So many occurrences of each term are asked how near they are to those of the others: what fills a text is near to everything. */
const NEARNESS_OF = 200

/** Places of the narrowest stretch that holds every term. */
function narrowest(found: readonly Occurrence[][]): number {
  const all = found.flatMap((occurrences, term) => occurrences.slice(0, NEARNESS_OF).map((one) => ({ term, at: one.at, end: one.at + one.places }))).sort((a, b) => a.at - b.at)
  /** Of each term, the end of its last occurrence up to here, and how many lie in the stretch. */
  const ends = found.map(() => 0)
  const inside = found.map(() => 0)
  let missing = found.length
  let first = 0
  let width = Number.POSITIVE_INFINITY
  for (const { term, end } of all) {
    if (inside[term] === 0) missing -= 1
    inside[term] = (inside[term] ?? 0) + 1
    ends[term] = end
    if (missing > 0) continue
    // The stretch begins with the last occurrence of some term.
    let begin = all[first]
    while (begin !== undefined && (inside[begin.term] ?? 0) > 1) {
      inside[begin.term] = (inside[begin.term] ?? 0) - 1
      first += 1
      begin = all[first]
    }
    width = Math.min(width, Math.max(...ends) - (begin?.at ?? 0))
  }
  return Math.max(1, width)
}

function merged(pieces: Piece[]): Piece[] {
  const ranges: Piece[] = []
  for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else ranges.push({ start, end })
  }
  return ranges
}

/** Time after which a message counts half as fresh: two months. */
const HALF_LIFE_MS = 60 * 24 * 3_600_000

/** What the best hits are ordered by: how well the text answers, and a fifth of it by age. The same on every device; six digits, so that it can be written down. */
export function scoreOf(quality: number, ageMs: number): number {
  const fresh = 0.5 ** (Math.max(0, ageMs) / HALF_LIFE_MS)
  return Math.round(quality * (0.8 + 0.2 * fresh) * 1e6) / 1e6
}
