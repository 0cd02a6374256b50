import * as Y from 'yjs'
import { commonEnds, type Op, sliceOps } from './text-ops.ts'

/** Beyond so many comparisons of children with one another, all between what begins and what ends alike is replaced. */
const MOST_COMPARED = 1_000_000

/**
 * Makes notes hold what they held earlier, as a change like any other: only what differs is touched, so that what somebody writes at the same time, or has written without
 * a network, in parts that are the same is kept, and what was inserted into a text is. To be called in a transaction.
 */
export function setBack(notes: Y.XmlFragment, earlier: Y.XmlFragment): void {
  const now = notes.toArray() as unknown[]
  const was = earlier.toArray() as unknown[]
  const pairs = [...matches(now.map(signature), was.map(signature)), { now: now.length, was: was.length }]
  // From the end, so that what comes before stays where it is.
  for (let p = pairs.length - 1; p >= 0; p -= 1) {
    const from = p === 0 ? { now: 0, was: 0 } : { now: (pairs[p - 1]?.now ?? 0) + 1, was: (pairs[p - 1]?.was ?? 0) + 1 }
    const to = pairs[p] ?? from
    setBackRun(notes, now.slice(from.now, to.now), was.slice(from.was, to.was), from.now)
  }
}

/** Children of which none is the same: the first of one kind become one another, the rest goes or comes. */
function setBackRun(parent: Y.XmlFragment, now: readonly unknown[], was: readonly unknown[], at: number): void {
  let kept = 0
  while (kept < now.length && kept < was.length && become(now[kept], was[kept])) kept += 1
  if (now.length > kept) parent.delete(at + kept, now.length - kept)
  const copies = was.slice(kept).flatMap((node) => copyOf(node) ?? [])
  if (copies.length > 0) parent.insert(at + kept, copies)
}

/** Turns one node into another of its kind; false if they are of different kinds. */
function become(now: unknown, was: unknown): boolean {
  if (now instanceof Y.XmlText && was instanceof Y.XmlText) {
    setBackAttributes(now, was)
    setBackText(now, was)
    return true
  }
  if (!(now instanceof Y.XmlElement) || !(was instanceof Y.XmlElement) || now.nodeName !== was.nodeName) return false
  setBackAttributes(now, was)
  setBack(now, was)
  return true
}

function setBackText(now: Y.XmlText, was: Y.XmlText): void {
  const present = now.toDelta() as Op[]
  const wanted = was.toDelta() as Op[]
  const { start, end, lengths } = commonEnds(present, wanted)
  if (lengths[0] > start + end) now.delete(start, lengths[0] - start - end)
  let at = start
  for (const { insert, attributes = {} } of sliceOps(wanted, start, lengths[1] - end)) {
    if (typeof insert === 'string') now.insert(at, insert, attributes)
    else if (isPlain(insert)) now.insertEmbed(at, insert, attributes)
    else continue
    at += typeof insert === 'string' ? insert.length : 1
  }
}

function setBackAttributes(now: Y.XmlElement | Y.XmlText, was: Y.XmlElement | Y.XmlText): void {
  const wanted = attributesOf(was)
  const present = attributesOf(now)
  for (const name of Object.keys(now.getAttributes())) if (!Object.hasOwn(wanted, name)) now.removeAttribute(name)
  for (const [name, value] of Object.entries(wanted)) if (JSON.stringify(present[name]) !== JSON.stringify(value)) now.setAttribute(name, value as string)
}

/** Attributes may have any name and value; a Yjs type as a value belongs to the document that it is in, and no editor writes one. */
function attributesOf(node: Y.XmlElement | Y.XmlText): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node.getAttributes() as Record<string, unknown>).filter(([, value]) => !(value instanceof Y.AbstractType)))
}

/** The same once more, for another document; undefined for what does not belong into notes. */
function copyOf(node: unknown): Y.XmlElement | Y.XmlText | undefined {
  if (node instanceof Y.XmlText) {
    const copy = new Y.XmlText()
    copy.applyDelta((node.toDelta() as Op[]).filter(({ insert }) => typeof insert === 'string' || isPlain(insert)))
    for (const [name, value] of Object.entries(attributesOf(node))) copy.setAttribute(name, value as string)
    return copy
  }
  if (!(node instanceof Y.XmlElement)) return undefined
  const copy = new Y.XmlElement(node.nodeName)
  for (const [name, value] of Object.entries(attributesOf(node))) copy.setAttribute(name, value as string)
  copy.insert(0, (node.toArray() as unknown[]).flatMap((child) => copyOf(child) ?? []))
  return copy
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Y.AbstractType)
}

/** Two nodes with the same signature look the same. */
function signature(node: unknown): string {
  return JSON.stringify(partsOf(node))
}

/** Nested as the node is, and made words only as a whole: words in words are escaped anew at each level, and twice as long each time. */
function partsOf(node: unknown): unknown[] {
  if (node instanceof Y.XmlText) return ['text', sorted(attributesOf(node)), node.toDelta()]
  if (node instanceof Y.XmlElement) return [node.nodeName, sorted(attributesOf(node)), (node.toArray() as unknown[]).map(partsOf)]
  return ['other', node]
}

function sorted(record: Record<string, unknown>): [string, unknown][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}

interface Match {
  now: number
  was: number
}

/** Places that are the same in both, in their order: a longest common subsequence. */
function matches(now: readonly string[], was: readonly string[]): Match[] {
  let start = 0
  while (start < now.length && start < was.length && now[start] === was[start]) start += 1
  let end = 0
  while (end < now.length - start && end < was.length - start && now[now.length - 1 - end] === was[was.length - 1 - end]) end += 1
  const middle = longestCommon(now.slice(start, now.length - end), was.slice(start, was.length - end))
  return [
    ...Array.from({ length: start }, (_, i) => ({ now: i, was: i })),
    ...middle.map((match) => ({ now: match.now + start, was: match.was + start })),
    ...Array.from({ length: end }, (_, i) => ({ now: now.length - end + i, was: was.length - end + i })),
  ]
}

function longestCommon(a: readonly string[], b: readonly string[]): Match[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_COMPARED) return []
  const width = b.length + 1
  // How much of a from i and of b from j is common at best.
  const best = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => best[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) best[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const found: Match[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      found.push({ now: i, was: j })
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return found
}
