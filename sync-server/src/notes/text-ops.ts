/** One run of a text as Yjs tells it: characters or one embedded thing, with their formats. */
export interface Op {
  insert: unknown
  attributes?: Record<string, unknown>
}

interface Ends {
  /** Length of what both begin with, and of what both end with after that. */
  start: number
  end: number
  lengths: [number, number]
}

/** What two texts begin and end with alike, formats included; lengths in UTF-16 code units, an embedded thing counts one. No character is cut in two. */
export function commonEnds(a: readonly Op[], b: readonly Op[]): Ends {
  const lengths: [number, number] = [lengthOf(a), lengthOf(b)]
  const most = Math.min(...lengths)
  const start = alike(a, b, most, 1)
  return { start, end: alike(a, b, most - start, -1), lengths }
}

/** The runs from one place to another. */
export function sliceOps(ops: readonly Op[], from: number, to: number): Op[] {
  const found: Op[] = []
  let at = 0
  for (const op of ops) {
    const length = lengthOf([op])
    const begin = Math.max(0, from - at)
    const end = Math.min(length, to - at)
    if (begin < end) found.push(typeof op.insert === 'string' ? { ...op, insert: op.insert.slice(begin, end) } : op)
    at += length
  }
  return found
}

function alike(a: readonly Op[], b: readonly Op[], most: number, step: 1 | -1): number {
  const here = new Reader(a, step)
  const there = new Reader(b, step)
  let count = 0
  let last: number | undefined
  while (count < most) {
    const [x, y] = [here.next(), there.next()]
    if (x === undefined || y === undefined || x.format !== y.format || x.unit !== y.unit) break
    last = typeof x.unit === 'number' ? x.unit : undefined
    count += 1
  }
  // Forwards it must not end after the first half of a pair of surrogates, backwards not before the second.
  const isHalf = last !== undefined && (step === 1 ? last >= 0xd8_00 && last <= 0xdb_ff : last >= 0xdc_00 && last <= 0xdf_ff)
  return isHalf ? count - 1 : count
}

/** Reads runs one code unit, or embedded thing, at a time, from either end. */
class Reader {
  private readonly ops: readonly Op[]
  private readonly step: 1 | -1
  private index: number
  private offset = 0
  private format = ''

  constructor(ops: readonly Op[], step: 1 | -1) {
    this.ops = ops
    this.step = step
    this.index = step === 1 ? 0 : ops.length - 1
    this.enter()
  }

  next(): { unit: number | string; format: string } | undefined {
    const op = this.ops[this.index]
    if (op === undefined) return undefined
    const { format } = this
    const { insert } = op
    if (typeof insert !== 'string') {
      this.leave()
      return { unit: JSON.stringify(insert), format }
    }
    const unit = insert.charCodeAt(this.step === 1 ? this.offset : insert.length - 1 - this.offset)
    this.offset += 1
    if (this.offset >= insert.length) this.leave()
    return { unit, format }
  }

  private leave(): void {
    this.index += this.step
    this.offset = 0
    this.enter()
  }

  private enter(): void {
    this.format = JSON.stringify(Object.entries(this.ops[this.index]?.attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

function lengthOf(ops: readonly Op[]): number {
  return ops.reduce((sum, { insert }) => sum + (typeof insert === 'string' ? insert.length : 1), 0)
}
