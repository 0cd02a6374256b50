import { isId, type Id } from '@chatflow/shared/ids'

/** Where a page ended: its last result, among the newest, or among the best as they were `asOf` (ms). */
export type Cursor = { sort: 'new'; receivedAt: number; room: Id; seq: number } | { sort: 'best'; asOf: number; score: number; receivedAt: number; room: Id; seq: number }

/** As it travels: safe in an address, nothing to be read out of it. */
export function writeCursor(cursor: Cursor): string {
  const place = `${cursor.receivedAt}.${cursor.room}.${cursor.seq}`
  return cursor.sort === 'new' ? `n.${place}` : `b.${cursor.asOf}.${Math.round(cursor.score * 1e6)}.${place}`
}

/** Undefined: it is not one of ours. */
export function readCursor(value: string): Cursor | undefined {
  const [kind, ...fields] = value.split('.')
  const numbers = kind === 'n' ? fields.splice(0, 1) : fields.splice(0, 3)
  const [room = '', seq = '', ...more] = fields
  const [a, b = 0, c = 0] = [...numbers, seq].map((field) => (/^\d{1,15}$/.test(field) ? Number(field) : Number.NaN))
  if (!isId(room) || more.length > 0 || a === undefined || [a, b, c].some(Number.isNaN)) return undefined
  if (kind === 'n') return { sort: 'new', receivedAt: a, room, seq: b }
  return kind === 'b' && /^\d{1,15}$/.test(seq) ? { sort: 'best', asOf: a, score: b / 1e6, receivedAt: c, room, seq: Number(seq) } : undefined
}
