/**
 * The scrollbar spans all rows of the room, of which the list holds only a window. Everything is counted in rows, with fractions:
 * `above` rows lie above the screen's top edge, `below` under its bottom edge, of `total`.
 */
export interface ScrollPosition {
  above: number
  below: number
  total: number
}

export interface Thumb {
  /** px from the track's top. */
  offset: number
  /** px. */
  size: number
}

export const MIN_THUMB = 36

/** Share of the way down: exactly 0 at the first row and exactly 1 at the last, whatever the rows' heights. */
export function progressOf({ above, below }: ScrollPosition): number {
  return above + below <= 0 ? 1 : above / (above + below)
}

/** Undefined: everything is on the screen, no thumb. */
export function thumbOf(position: ScrollPosition, track: number): Thumb | undefined {
  const seen = position.total - position.above - position.below
  if (position.total <= 0 || position.above + position.below <= 0.01 || track <= 0) return undefined
  const size = Math.min(track, Math.max(MIN_THUMB, (track * seen) / position.total))
  return { size, offset: progressOf(position) * (track - size) }
}

/** Share of the way for a thumb dragged to `offset` px. */
export function progressAt(offset: number, size: number, track: number): number {
  return track <= size ? 1 : Math.min(1, Math.max(0, offset / (track - size)))
}

/** The row (from 0, with a fraction) that comes to the screen's top edge; `seen`: rows that fit on the screen. */
export function rowAt(progress: number, total: number, seen: number): number {
  return Math.max(0, progress * (total - seen))
}
