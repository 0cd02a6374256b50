import { LIMITS } from '../limits.ts'
import type { Piece } from './words.ts'

export interface Excerpt {
  text: string
  /** In this text. */
  ranges: Piece[]
  /** Something of the message stands before, after it. */
  cutBefore: boolean
  cutAfter: boolean
}

/** How much is shown before the first hit. */
const LEAD = 60

/** The part of a message around what was found first, cut at spaces where there are some, never inside a character. */
export function excerptOf(text: string, ranges: readonly Piece[], longest: number = LIMITS.searchExcerpt): Excerpt {
  if (text.length <= longest) return { text, ranges: ranges.map((range) => ({ ...range })), cutBefore: false, cutAfter: false }
  const first = ranges[0]?.start ?? 0
  let start = Math.min(Math.max(0, first - LEAD), text.length - longest)
  if (start > 0) start = boundary(text, start, Math.min(first, start + LEAD / 2))
  let end = Math.min(text.length, start + longest)
  if (end < text.length) end = lastBoundary(text, Math.max(start + 1, end - LEAD / 2), end)
  const inside = ranges.filter((range) => range.start < end && range.end > start).map((range) => ({ start: Math.max(range.start, start) - start, end: Math.min(range.end, end) - start }))
  return { text: text.slice(start, end), ranges: inside, cutBefore: start > 0, cutAfter: end < text.length }
}

/** The beginning of a word from `from` on, at most at `to`. */
function boundary(text: string, from: number, to: number): number {
  for (let at = from; at <= to; at++) if (/\s/.test(text[at - 1] ?? '')) return at
  return isInside(text, from) ? from + 1 : from
}

/** The end of a word up to `to`, at least at `from`. */
function lastBoundary(text: string, from: number, to: number): number {
  for (let at = to; at >= from; at--) if (/\s/.test(text[at] ?? '')) return at
  return isInside(text, to) ? to - 1 : to
}

/** Between the halves of a surrogate pair. */
function isInside(text: string, at: number): boolean {
  return !text.slice(0, at).isWellFormed()
}
