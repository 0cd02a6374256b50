/**
 * The part of a room that the list holds: sequence numbers `first` to `last`. A room may have millions; a browser cannot lay out an element
 * taller than 33 million px, and need not. `last` is Infinity while the window ends at the room's newest message and grows with it.
 */
export interface SeqWindow {
  first: number
  last: number
}

/** Sequence numbers kept each way. */
const REACH = 1_000
/** The window moves when the screen comes this near to one of its ends. */
const EDGE = 250

/** What exists: `floor + 1` to `head`. */
export interface SeqSpan {
  floor: number
  head: number
}

export function windowAround(seq: number, span: SeqSpan): SeqWindow {
  return { first: Math.max(span.floor + 1, seq - REACH), last: seq + REACH >= span.head ? Infinity : seq + REACH }
}

/** The window's real ends within what exists now. Empty room: `last` is below `first`. */
export function clampWindow(window: SeqWindow, span: SeqSpan): SeqWindow {
  return { first: Math.max(window.first, span.floor + 1), last: Math.min(window.last, span.head) }
}

/** The same window while the screen (`firstSeen` to `lastSeen`) is well inside; otherwise one around the screen. */
export function followWindow(window: SeqWindow, firstSeen: number, lastSeen: number, span: SeqSpan): SeqWindow {
  const now = clampWindow(window, span)
  const nearStart = now.first > span.floor + 1 && firstSeen - now.first < EDGE
  const nearEnd = now.last < span.head && now.last - lastSeen < EDGE
  const grown = now.last - now.first > 2 * REACH + EDGE
  if (!nearStart && !nearEnd && !grown) return window
  const next = windowAround(Math.round((firstSeen + lastSeen) / 2), span)
  return next.first === window.first && next.last === window.last ? window : next
}
