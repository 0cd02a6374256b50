import { measureElement, useVirtualizer } from '@tanstack/react-virtual'
import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { TimelineView } from '../chat/views.ts'
import { RowKeys } from './row-keys.ts'
import { anchorRow } from './scroll-anchor.ts'
import type { ScrollPosition } from './scrollbar-map.ts'
import { clampWindow, followWindow, windowAround } from './seq-window.ts'
import type { SeqWindow } from './seq-window.ts'

/** Height of a row that is not loaded; also the first guess for one that is. */
const PLACEHOLDER_PX = 52
/** This near to the end counts as being there. */
const END_PX = 48
/** Space above the first row and below the last, px. */
const PADDING_PX = 16
/** What stays visible above a message that the room opens at. */
const CONTEXT_PX = 72

/** Where to go. `row` counts from 0 at the oldest message, with a fraction. */
export type Target = { to: 'end' } | { to: 'seq'; seq: number; align: 'start' | 'center' } | { to: 'row'; row: number }

/** What is on the screen now. */
export interface Seen extends ScrollPosition {
  firstSeq: number
  lastSeq: number
  atEnd: boolean
  /** px from the list's top to the screen's, and the screen's height: read once, because each look after a change makes the browser lay out anew. */
  offset: number
  height: number
  /** The topmost row whose top is on the screen, and how far below its edge it begins, px. */
  whole: { seq: number; px: number } | undefined
}

export interface TimelineList {
  virtualizer: Virtualizer<HTMLDivElement, Element>
  /** Sequence number of row 0. */
  first: number
  /** Rows that have a sequence number; waiting messages follow them. */
  delivered: number
  /** It opens at the newest message. */
  opensAtEnd: boolean
  /** Has this message really been laid out? Before that, what is on the screen is a guess. */
  isMeasured(seq: number): boolean
  go(target: Target): void
  /** Reads what is on the screen, moves the window if need be; undefined while nothing has a size. */
  look(): Seen | undefined
  /** The mouse is at this height of the screen, px; undefined: it has left. */
  point(y: number | undefined): void
  /** The person scrolls: what was jumped to is no longer held in its place. */
  release(): void
  /** What was jumped to is held in its place. */
  holds(): boolean
}

/** The virtual list over a moving window of the room, in which everything keeps its place while rows load, grow and arrive. */
export function useTimelineList(timeline: TimelineView, scroller: RefObject<HTMLDivElement | null>): TimelineList {
  const span = { floor: timeline.floor, head: timeline.head }
  const opening = useRef<Target>(openingTarget(timeline))
  const [window, setWindow] = useState<SeqWindow>(() => windowAround(opening.current.to === 'seq' ? opening.current.seq : timeline.head, span))
  const [keys] = useState(() => new RowKeys())
  keys.update(timeline)
  const { first, last } = clampWindow(window, span)
  const delivered = Math.max(0, last - first + 1)
  const reachesEnd = last >= timeline.head
  const pending = reachesEnd ? timeline.pending : NONE

  const keyOf = useCallback(
    (index: number): string | number => (index < delivered ? keys.keyOf(first + index) : (pending[index - delivered]?.id ?? index)),
    [keys, first, delivered, pending],
  )
  const overscan = useOverscan()
  /** Rows whose height is that of their message. */
  const laidOut = useRef(new Set<string | number>())
  const virtualizer = useVirtualizer({
    count: delivered + pending.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => PLACEHOLDER_PX,
    getItemKey: keyOf,
    measureElement: (element, entry, list) => {
      const key = keyOf(list.indexFromElement(element))
      const holdsPlace = element.lastElementChild?.classList.contains('placeholder') === true
      if (!holdsPlace && (entry !== undefined || !list.itemSizeCache.has(key))) laidOut.current.add(key)
      return measureElement(element, entry, list)
    },
    overscan,
    // Rows coming and going above keep what is on the screen where it is, and the end stays the end.
    anchorTo: 'end',
    scrollEndThreshold: END_PX,
    paddingStart: PADDING_PX,
    paddingEnd: PADDING_PX,
    // The rows that the room opens at come with the first rendering, not after one of the window's beginning that nobody sees.
    initialRect: { width: 0, height: innerHeight },
    initialOffset: () => openingOffset(opening.current, first, delivered + pending.length),
  })
  const anchor = useRef<{ seq: number; held: number | undefined; pointer: number | undefined }>({ seq: 0, held: undefined, pointer: undefined })
  // What fills, grows or shrinks above it must not push the row that is looked at.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (item) => first + item.index < anchor.current.seq

  /** What was gone to lies so near to the end that the list, of which most is a guess, was not long enough yet. */
  const short = useRef<Extract<Target, { to: 'seq' }> | undefined>(undefined)
  const scrollToSeq = (to: Extract<Target, { to: 'seq' }>): boolean => {
    const item = virtualizer.measurementsCache[to.seq - first]
    const height = scroller.current?.clientHeight ?? 0
    if (item === undefined) return false
    const offset = item.start - (to.align === 'start' ? CONTEXT_PX : Math.max(CONTEXT_PX, (height - item.size) / 2))
    short.current = offset > virtualizer.getTotalSize() - height ? to : undefined
    virtualizer.scrollToOffset(offset)
    return true
  }

  const target = useRef<Target | undefined>(opening.current)
  const go = (next: Target) => {
    target.current = next
    anchor.current.held = undefined
    const total = timeline.head - timeline.floor
    const seq = next.to === 'end' ? timeline.head : next.to === 'seq' ? next.seq : timeline.floor + 1 + Math.floor(Math.min(next.row, total))
    const inside = seq - first >= 200 && last - seq >= 200
    setWindow(inside && next.to !== 'end' ? { ...window } : windowAround(seq, span))
  }
  useLayoutEffect(() => {
    const now = target.current
    if (now === undefined) {
      if (short.current !== undefined && short.current.seq === anchor.current.held) scrollToSeq(short.current)
      return
    }
    target.current = undefined
    short.current = undefined
    if (now.to === 'end') virtualizer.scrollToEnd()
    else if (now.to === 'seq') {
      // Not by index: the list would go on moving the row to the middle while its neighbours are measured.
      if (!scrollToSeq(now)) return
      Object.assign(anchor.current, { seq: now.seq, held: now.seq })
    } else {
      const index = Math.floor(now.row) - (first - timeline.floor - 1)
      const item = virtualizer.measurementsCache[index]
      if (item !== undefined) virtualizer.scrollToOffset(now.row === 0 ? 0 : item.start + (now.row % 1) * item.size)
    }
  })

  const isLoaded = (seq: number): boolean => seq <= timeline.floor || timeline.at(seq) !== undefined
  const isSettled = (seq: number): boolean => seq > timeline.head || (laidOut.current.has(keys.keyOf(seq)) && isLoaded(seq) && isLoaded(seq - 1))
  const look = (): Seen | undefined => {
    const element = scroller.current
    if (element === null || delivered + pending.length === 0) return undefined
    const { clientHeight: height, scrollTop: offset, scrollHeight } = element
    if (height === 0) return undefined
    const rowsBefore = first - timeline.floor - 1
    const rowAtOffset = (px: number): number => {
      const item = virtualizer.getVirtualItemForOffset(px)
      if (item === undefined) return rowsBefore
      return rowsBefore + item.index + Math.min(1, Math.max(0, (px - item.start) / Math.max(1, item.size)))
    }
    const total = timeline.head - timeline.floor + timeline.pending.length
    const top = rowAtOffset(offset)
    const bottom = rowAtOffset(offset + height)
    const { held, pointer } = anchor.current
    const rowBase = timeline.floor + 1
    const row = anchorRow({
      top: Math.floor(top),
      bottom: Math.max(Math.floor(top), Math.ceil(bottom) - 1),
      topIsCut: top % 1 > 0,
      pointed: pointer === undefined ? undefined : Math.floor(rowAtOffset(offset + pointer)),
      held: held === undefined ? undefined : held - rowBase,
      isSettled: (place) => isSettled(rowBase + place),
    })
    anchor.current.seq = rowBase + row
    const distance = scrollHeight - offset - height
    const atEnd = reachesEnd && distance <= END_PX
    const above = offset <= 0 ? rowsBefore : top
    const below = reachesEnd && distance <= 1 ? 0 : Math.max(0, total - bottom)
    const seqOf = (row: number) => Math.min(timeline.head, Math.max(timeline.floor + 1, timeline.floor + 1 + row))
    const firstSeq = seqOf(Math.floor(top))
    const lastSeq = seqOf(Math.max(Math.floor(top), Math.ceil(bottom - 0.25) - 1))
    if (target.current === undefined) {
      const next = followWindow(window, firstSeq, lastSeq, span)
      if (next !== window) setWindow(next)
    }
    const next = virtualizer.measurementsCache[Math.ceil(top) - rowsBefore]
    const whole = next === undefined ? undefined : { seq: rowBase + Math.ceil(top), px: next.start - offset }
    return { above, below, total, firstSeq, lastSeq, atEnd, offset, height, whole }
  }

  const isMeasured = (seq: number) => virtualizer.itemSizeCache.has(keys.keyOf(seq))

  const point = (y: number | undefined) => {
    anchor.current.pointer = y
  }
  const release = () => {
    anchor.current.held = undefined
  }
  const holds = () => anchor.current.held !== undefined

  return { virtualizer, first, delivered, opensAtEnd: opening.current.to === 'end', isMeasured, go, look, point, release, holds }
}

const NONE: TimelineView['pending'] = []

/** Rows beyond the screen's edges: few for the first frame, which is waited for, then enough for a fast hand. */
function useOverscan(): number {
  const [rows, setRows] = useState(2)
  useEffect(() => {
    const timer = setTimeout(() => setRows(10), 100)
    return () => clearTimeout(timer)
  }, [])
  return rows
}

/** About where the list stands at first, px: no row has been laid out yet. */
function openingOffset(target: Target, first: number, rows: number): number {
  const offset = target.to === 'seq' ? (target.seq - first) * PLACEHOLDER_PX + PADDING_PX - CONTEXT_PX : rows * PLACEHOLDER_PX + 2 * PADDING_PX - innerHeight
  return Math.max(0, offset)
}

function openingTarget({ firstUnread, floor, head }: TimelineView): Target {
  return firstUnread !== undefined && firstUnread > floor && firstUnread <= head ? { to: 'seq', seq: firstUnread, align: 'start' } : { to: 'end' }
}
