import { isId, type Id } from './ids.ts'
import { LIMITS } from './limits.ts'

/** A document name, taken apart. */
export type DocName =
  | { kind: 'outbox'; user: Id; device: Id; run: Id }
  | { kind: 'user'; user: Id }
  | { kind: 'room'; room: Id }
  | { kind: 'log'; room: Id; segment: number }
  | { kind: 'notes'; room: Id }

/** The one formatter of document names. */
export const docName = {
  outbox: (user: Id, device: Id, run: Id): string => `outbox/${user}/${device}/${run}`,
  user: (user: Id): string => `user/${user}`,
  room: (room: Id): string => `room/${room}`,
  log: (room: Id, segment: number): string => `room/${room}/log/${segment}`,
  notes: (room: Id): string => `room/${room}/notes`,
}

const SEGMENT = /^(?:0|[1-9][0-9]{0,11})$/

/** The one parser of document names: undefined for anything that `docName` would not have written. */
export function parseDocName(name: string): DocName | undefined {
  if (name.length > 160) return undefined
  const parts = name.split('/')
  const [head, a, b, c] = parts
  if (head === 'outbox' && parts.length === 4 && isId(a) && isId(b) && isId(c)) return { kind: 'outbox', user: a, device: b, run: c }
  if (head === 'user' && parts.length === 2 && isId(a)) return { kind: 'user', user: a }
  if (head !== 'room' || !isId(a)) return undefined
  if (parts.length === 2) return { kind: 'room', room: a }
  if (parts.length === 3 && b === 'notes') return { kind: 'notes', room: a }
  if (parts.length === 4 && b === 'log' && c !== undefined && SEGMENT.test(c)) return { kind: 'log', room: a, segment: Number(c) }
  return undefined
}

/** The log segment that holds `seq` (seq counts from 1). */
export function segmentOf(seq: number): number {
  return Math.floor((seq - 1) / LIMITS.segmentSize)
}

/** First and last `seq` of a segment, inclusive. */
export function segmentRange(segment: number): { first: number; last: number } {
  return { first: segment * LIMITS.segmentSize + 1, last: (segment + 1) * LIMITS.segmentSize }
}
