import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, Ref, RefObject } from 'react'
import type { TimelineView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { formatShortDate } from '../ui/format-time.ts'
import { NotHere } from './NotHere.tsx'
import { Pills } from './Pills.tsx'
import { Scrollbar } from './Scrollbar.tsx'
import type { ScrollbarHandle } from './Scrollbar.tsx'
import { TimelineRow } from './TimelineRow.tsx'
import { TimelineTop } from './TimelineTop.tsx'
import type { TimelineTopHandle } from './TimelineTop.tsx'
import { countNew } from './count-new.ts'
import { place, timeOf } from './grouping.ts'
import { SeenFrom } from './seen-from.ts'
import { stepThroughMessages } from './step-through-messages.ts'
import { useMarkRead } from './use-mark-read.ts'
import { useShowRange } from './use-show-range.ts'
import { useTimelineList } from './use-timeline-list.ts'
import type { Seen, Target } from './use-timeline-list.ts'
import './timeline.css'

export interface TimelineHandle {
  toLatest(): void
  /** Goes to a message and shows which one it is. */
  jumpTo(seq: number): void
  /** Screens up (negative) or down. */
  page(screens: number): void
  /** Stops marking as read until the room is opened again. */
  holdRead(): void
}

interface Props {
  ref: Ref<TimelineHandle>
  timeline: TimelineView
  /** What the person has read already. */
  cursor: number
}

/** All messages of the open room, of which the browser holds those around the screen. Mount it anew for each room. */
export function Timeline({ ref, timeline, cursor }: Props) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const bar = useRef<ScrollbarHandle>(null)
  const top = useRef<TimelineTopHandle>(null)
  const list = useTimelineList(timeline, scroller)
  const showRange = useShowRange()
  const read = useMarkRead(timeline.room, cursor)
  const [highlighted, setHighlighted] = useState<number>()
  /** Undefined while the newest message is on the screen; else the head when it was last. */
  const [leftAt, setLeftAt] = useState<number>()
  /** Part of the screen is empty places. */
  const [missing, setMissing] = useState(false)
  const [unread] = useState(() => (timeline.firstUnread === undefined ? undefined : new SeenFrom(timeline.firstUnread)))
  const { virtualizer, first, delivered } = list
  const atEnd = useRef(list.opensAtEnd)

  const known = useRef({ newest: timeline.head + timeline.pending.length, height: 0, offset: 0, total: 0 })

  const look = () => {
    const seen = list.look()
    if (seen === undefined) return
    if (seen.height !== known.current.height && known.current.height > 0 && atEnd.current) {
      // The screen has grown or shrunk: the end stays the end.
      known.current.height = seen.height
      virtualizer.scrollToEnd()
      return
    }
    known.current.height = seen.height
    atEnd.current = seen.atEnd
    bar.current?.update(seen, seen.height)
    const upper = timeline.at(seen.firstSeq)
    top.current?.update({
      day: upper === undefined || hasDivider(timeline, seen) ? undefined : timeOf(upper),
      unreadAbove: unread?.look(seen.firstSeq, seen.lastSeq) === true,
      scrolled: Math.abs(seen.offset - known.current.offset) > 1,
    })
    known.current.offset = seen.offset
    let loaded = seen.firstSeq
    while (loaded <= seen.lastSeq && timeline.at(loaded) !== undefined) loaded += 1
    setMissing(loaded <= seen.lastSeq && timeline.head > timeline.floor)
    setLeftAt((before) => (seen.atEnd ? undefined : (before ?? timeline.head)))
    if (timeline.head > timeline.floor) {
      showRange(seen.firstSeq, seen.lastSeq)
      const newest = seen.atEnd ? timeline.head : seen.lastSeq
      if (timeline.at(newest) !== undefined && list.isMeasured(newest)) read.seen(newest)
    }
  }
  // What comes while the newest message is on the screen scrolls into it.
  useLayoutEffect(() => {
    const newest = timeline.head + timeline.pending.length
    if (newest > known.current.newest && atEnd.current) virtualizer.scrollToEnd()
    known.current.newest = newest
    // Rows that have just been laid out have made the list longer: the end stays the end in this frame, not in the next.
    const { scrollHeight: total = 0, clientHeight: height = 0 } = scroller.current ?? {}
    if (atEnd.current && !list.holds() && known.current.total > 0 && total > known.current.total) scroller.current?.scrollTo({ top: total - height })
    known.current.total = total
  })
  useLayoutEffect(look)
  useResize(scroller, look)

  const page = (screens: number) => {
    list.release()
    scroller.current?.scrollBy({ top: screens * scroller.current.clientHeight })
  }
  const go = (target: Target) => {
    atEnd.current = target.to === 'end'
    list.go(target)
  }
  const toLatest = () => go({ to: 'end' })
  const jumpTo = (wanted: number) => {
    const seq = Math.min(timeline.head, Math.max(timeline.floor + 1, wanted))
    go({ to: 'seq', seq, align: 'center' })
    setHighlighted(undefined)
    requestAnimationFrame(() => setHighlighted(seq))
  }
  useImperativeHandle(ref, () => ({ toLatest, jumpTo, page, holdRead: read.hold }))

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    list.point(event.pointerType === 'mouse' ? event.clientY - event.currentTarget.getBoundingClientRect().top : undefined)
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    // What a message has opened above the page has keys of its own.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    list.release()
    if (event.defaultPrevented) return
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key === 'Home') go({ to: 'row', row: 0 })
    else if (event.key === 'End') toLatest()
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') stepThroughMessages(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)
    else return
    event.preventDefault()
  }

  const describeRow = (row: number): string => {
    const message = timeline.at(timeline.floor + 1 + Math.floor(row))
    return message === undefined ? t('timeline.messageAt', { row: Math.floor(row) + 1 }) : formatShortDate(timeOf(message))
  }

  return (
    <div className="timeline">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of a scrolling region */}
      <div
        ref={scroller}
        id={id}
        className="timeline-scroller"
        role="log"
        aria-label={t('timeline.messages')}
        // Only what arrives at the end is news; older messages that scroll into view are not read out.
        aria-live={leftAt === undefined ? 'polite' : 'off'}
        aria-relevant="additions"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
        tabIndex={0}
        onScroll={look}
        onKeyDown={onKeyDown}
        onAnimationEnd={(event) => event.animationName === 'message-found' && setHighlighted(undefined)}
        onWheel={list.release}
        onTouchMove={list.release}
        onPointerMove={onPointerMove}
        onPointerLeave={() => list.point(undefined)}
      >
        <div className="timeline-rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const seq = item.index < delivered ? first + item.index : undefined
            const message = seq === undefined ? timeline.pending[item.index - delivered] : timeline.at(seq)
            const above = seq === undefined && item.index > delivered ? timeline.pending[item.index - delivered - 1] : timeline.at((seq ?? timeline.head + 1) - 1)
            const isFirst = seq === timeline.floor + 1 || (seq === undefined && item.index === 0)
            const { grouped, day } = message === undefined ? { grouped: false, day: undefined } : place(message, isFirst ? undefined : above, isFirst)
            return (
              <div key={item.key} ref={virtualizer.measureElement} data-index={item.index} className="timeline-row" style={{ top: item.start }}>
                <TimelineRow
                  message={message}
                  grouped={grouped}
                  day={day}
                  fresh={seq !== undefined && seq === timeline.firstUnread}
                  beginning={seq === timeline.floor + 1 ? (timeline.floor === 0 ? 'first' : 'kept') : undefined}
                  highlighted={seq !== undefined && seq === highlighted}
                />
              </div>
            )
          })}
        </div>
      </div>
      <Scrollbar ref={bar} controls={id} onRow={(row) => go({ to: 'row', row })} onPage={page} onEnd={toLatest} describe={describeRow} />
      <TimelineTop ref={top} onFirstUnread={() => timeline.firstUnread !== undefined && go({ to: 'seq', seq: timeline.firstUnread, align: 'start' })} />
      <NotHere missing={missing} />
      <Pills away={leftAt !== undefined} fresh={leftAt === undefined ? 0 : countNew(timeline, leftAt)} onLatest={toLatest} />
    </div>
  )
}

/** This near to the top edge a day's divider speaks for itself, px. */
const DIVIDER_NEAR_PX = 48

/** The divider of the topmost message's day is on the screen, or another day's is about where the sticky one would stand. */
function hasDivider({ at, floor }: TimelineView, { whole }: Seen): boolean {
  if (whole === undefined || whole.px > DIVIDER_NEAR_PX) return false
  const message = at(whole.seq)
  return message !== undefined && place(message, at(whole.seq - 1), whole.seq === floor + 1).day !== undefined
}

/** Calls back when the element's size changes, not for its first size. */
function useResize(element: RefObject<HTMLElement | null>, onResize: () => void): void {
  const latest = useRef(onResize)
  useEffect(() => {
    latest.current = onResize
  })
  useEffect(() => {
    const target = element.current
    if (target === null) return
    let known = false
    const observer = new ResizeObserver(() => {
      if (known) latest.current()
      known = true
    })
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
}
