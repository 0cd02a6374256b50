import { segmentOf } from '@chatflow/shared/doc-names'

export interface SeqRange {
  first: number
  last: number
}

/**
 * The log segments to hold of a room: the one that is written now, the one before, and those of the shown range with
 * their neighbours. Ascending. A full segment makes the next one the one that is written.
 */
export function wantedSegments(head: number, floor: number, shown?: SeqRange): number[] {
  const lowest = segmentOf(floor + 1)
  const live = Math.max(segmentOf(head + 1), lowest)
  const wanted = new Set([Math.max(live - 1, lowest), live])
  if (shown && shown.last >= shown.first) {
    const from = Math.max(segmentOf(Math.max(shown.first, 1)) - 1, lowest)
    const to = Math.min(segmentOf(Math.max(shown.last, 1)) + 1, live)
    for (let k = from; k <= to; k += 1) wanted.add(k)
  }
  return [...wanted].sort((a, b) => a - b)
}
