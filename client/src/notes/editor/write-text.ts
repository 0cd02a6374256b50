import type * as Y from 'yjs'
import { MARK_NAMES } from './schema.ts'
import type { Run, RunMarks } from './text-runs.ts'

/** One place of a text: what stands there, and how it is marked. */
interface Place {
  char: string
  run: Run
  /** The same for all that look the same. */
  key: string
}

/**
 * Makes the shared text `after`, which is `before` until now: only what differs is deleted, inserted or marked, so that everyone else's
 * changes in the same block stand beside it.
 */
export function writeText(text: Y.XmlText, before: readonly Run[], after: readonly Run[]): void {
  const old = placesOf(before)
  const now = placesOf(after)
  const start = commonStart(old, now, (a, b) => a.key === b.key && a.char === b.char, 0)
  const end = commonEnd(old, now, (a, b) => a.key === b.key && a.char === b.char, start)
  // Within what differs, characters that are only marked otherwise stay the ones they are.
  const sameChar = (a: Place, b: Place) => a.char === b.char && (a.run.unknown === undefined) === (b.run.unknown === undefined)
  const oldPart = old.slice(start, old.length - end)
  const newPart = now.slice(start, now.length - end)
  let head = commonStart(oldPart, newPart, sameChar, 0)
  if (splitsPair(oldPart, head) || splitsPair(newPart, head)) head -= 1
  let tail = commonEnd(oldPart, newPart, sameChar, head)
  if (splitsPair(oldPart, oldPart.length - tail) || splitsPair(newPart, newPart.length - tail)) tail -= 1
  const gone = oldPart.length - head - tail
  if (gone > 0) text.delete(start + head, gone)
  insert(text, start + head, newPart.slice(head, newPart.length - tail))
  mark(text, start, oldPart.slice(0, head), newPart.slice(0, head))
  mark(text, start + newPart.length - tail, oldPart.slice(oldPart.length - tail), newPart.slice(newPart.length - tail))
}

function placesOf(runs: readonly Run[]): Place[] {
  return runs.flatMap((run) => {
    const key = run.unknown === undefined ? keyOf(run.marks) : 'unknown'
    // By UTF-16 code unit, as both sides count.
    return Array.from({ length: run.text.length }, (_, i) => ({ char: run.text.charAt(i), run, key }))
  })
}

function keyOf(marks: RunMarks): string {
  return MARK_NAMES.map((name) => {
    const value = marks[name]
    return value === undefined ? '' : value === true ? name : `${name} ${value.href}`
  }).join('|')
}

function commonStart(a: readonly Place[], b: readonly Place[], same: (a: Place, b: Place) => boolean, from: number): number {
  let i = from
  for (; i < a.length && i < b.length; i += 1) {
    const [x, y] = [a[i], b[i]]
    if (x === undefined || y === undefined || !same(x, y)) break
  }
  return i
}

/** How many places at the end are the same, leaving those before `from` alone. */
function commonEnd(a: readonly Place[], b: readonly Place[], same: (a: Place, b: Place) => boolean, from: number): number {
  let i = 0
  for (; i < a.length - from && i < b.length - from; i += 1) {
    const [x, y] = [a[a.length - 1 - i], b[b.length - 1 - i]]
    if (x === undefined || y === undefined || !same(x, y)) break
  }
  return i
}

/** A border at `at` would part the two halves of one character. */
function splitsPair(places: readonly Place[], at: number): boolean {
  return /[\ud800-\udbff]/.test(places[at - 1]?.char ?? '') && /[\udc00-\udfff]/.test(places[at]?.char ?? '')
}

function insert(text: Y.XmlText, at: number, places: readonly Place[]): void {
  let index = at
  for (let i = 0; i < places.length; ) {
    const first = places[i]
    if (first === undefined) return
    let last = i + 1
    while (first.run.unknown === undefined && places[last]?.key === first.key) last += 1
    const piece = places.slice(i, last).map(({ char }) => char).join('')
    if (first.run.unknown === undefined) text.insert(index, piece, { ...first.run.marks })
    else text.insertEmbed(index, plain(first.run.unknown.source), {})
    index += piece.length
    i = last
  }
}

/** What was embedded, if it can stand in two places: a type of the shared document cannot. */
function plain(source: unknown): object {
  return typeof source === 'object' && source !== null && (Object.getPrototypeOf(source) === Object.prototype || Array.isArray(source)) ? source : {}
}

/** Marks the same characters as they are now. */
function mark(text: Y.XmlText, at: number, before: readonly Place[], after: readonly Place[]): void {
  for (let i = 0; i < after.length; ) {
    const [was, is] = [before[i], after[i]]
    if (was === undefined || is === undefined) return
    let last = i + 1
    while (before[last]?.key === was.key && after[last]?.key === is.key) last += 1
    if (was.key !== is.key) text.format(at + i, last - i, changed(was.run.marks, is.run.marks))
    i = last
  }
}

function changed(before: RunMarks, after: RunMarks): Record<string, true | { href: string } | null> {
  return Object.fromEntries(MARK_NAMES.flatMap((name) => (JSON.stringify(before[name]) === JSON.stringify(after[name]) ? [] : [[name, after[name] ?? null]])))
}
