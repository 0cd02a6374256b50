import { z } from 'zod'

/** True if the string can be kept by Postgres and by Yjs alike: no U+0000, no lone surrogate. */
export function isWellFormedText(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed()
}

/** A string of `min` to `max` UTF-16 code units without U+0000 or lone surrogates. */
export function text(min: number, max: number) {
  return z.string().min(min).max(max).refine(isWellFormedText, 'not well-formed')
}
