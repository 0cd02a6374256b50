import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent, Ref } from 'react'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { progressAt, rowAt, thumbOf } from './scrollbar-map.ts'
import type { ScrollPosition, Thumb } from './scrollbar-map.ts'
import './scrollbar.css'

export interface ScrollbarHandle {
  /** Shows where the screen stands; `track`: its length, px. Writes to the element directly: this comes with every frame of scrolling. */
  update(position: ScrollPosition, track: number): void
}

interface Props {
  ref: Ref<ScrollbarHandle>
  /** Id of what it scrolls. */
  controls: string
  /** The person goes to a row, counted from 0, with a fraction; `total` rows means the end. */
  onRow(row: number): void
  /** Screens up (negative) or down. */
  onPage(screens: number): void
  onEnd(): void
  /** What a row is called while dragging ("3 Jun 2025"). */
  describe(row: number): string
}

/** Spans the whole room, loaded or not: dragging or pressing anywhere leads there without loading what lies between. */
export function Scrollbar({ ref, controls, onRow, onPage, onEnd, describe }: Props) {
  const track = useRef<HTMLDivElement>(null)
  const thumb = useRef<HTMLDivElement>(null)
  const last = useRef<{ position: ScrollPosition; thumb: Thumb | undefined }>({ position: { above: 0, below: 0, total: 0 }, thumb: undefined })
  /** While dragging: px between the pointer and the thumb's top, how many rows the screen shows, and the row it has been dragged to. */
  const drag = useRef<{ grip: number; seen: number; row?: number } | undefined>(undefined)
  const [label, setLabel] = useState<{ text: string; top: number }>()
  const language = useLanguage()
  // What is written to the element directly does not change with the language by itself.
  useEffect(tellPlace, [language])

  function tellPlace(): void {
    const { above, total } = last.current.position
    if (total > 0) track.current?.setAttribute('aria-valuetext', t('timeline.messageOf', { row: Math.floor(above) + 1, total }))
  }

  function show(next: Thumb | undefined): void {
    last.current.thumb = next
    const element = thumb.current
    if (element === null || track.current === null) return
    track.current.hidden = next === undefined
    if (next === undefined) return
    element.style.height = `${next.size}px`
    element.style.transform = `translateY(${next.offset}px)`
  }

  useImperativeHandle(ref, () => ({
    update(position, length) {
      const before = last.current.position
      last.current.position = position
      const element = track.current
      if (element === null) return
      const row = Math.floor(position.above) + 1
      if (row !== Math.floor(before.above) + 1 || position.total !== before.total) {
        element.setAttribute('aria-valuemax', String(Math.max(1, Math.round(position.total))))
        element.setAttribute('aria-valuenow', String(Math.min(position.total, row)))
        tellPlace()
      }
      const dragged = drag.current?.row
      if (drag.current === undefined) show(thumbOf(position, length))
      // What lies there has come in the meantime: its date is known now.
      else if (dragged !== undefined) setLabel((now) => (now === undefined || now.text === describe(dragged) ? now : { ...now, text: describe(dragged) }))
    },
  }))

  function dragTo(clientY: number): void {
    const box = track.current?.getBoundingClientRect()
    const { thumb: now, position } = last.current
    if (box === undefined || now === undefined || drag.current === undefined) return
    const offset = Math.min(box.height - now.size, Math.max(0, clientY - box.top - drag.current.grip))
    const progress = progressAt(offset, now.size, box.height)
    show({ size: now.size, offset })
    const row = rowAt(progress, position.total, drag.current.seen)
    if (progress >= 1) onEnd()
    else onRow(row)
    drag.current.row = Math.min(position.total - 1, row)
    setLabel({ text: describe(drag.current.row), top: offset + now.size / 2 })
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    const box = track.current?.getBoundingClientRect()
    const { thumb: now, position } = last.current
    if (event.button !== 0 || box === undefined || now === undefined) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    const y = event.clientY - box.top
    const onThumb = y >= now.offset && y <= now.offset + now.size
    drag.current = { grip: onThumb ? y - now.offset : now.size / 2, seen: position.total - position.above - position.below }
    if (!onThumb) dragTo(event.clientY)
  }

  function stop(): void {
    if (drag.current === undefined) return
    drag.current = undefined
    setLabel(undefined)
    show(thumbOf(last.current.position, track.current?.clientHeight ?? 0))
  }

  function onKeyDown(event: KeyboardEvent): void {
    const keys: Record<string, () => void> = {
      PageUp: () => onPage(-0.9),
      PageDown: () => onPage(0.9),
      ArrowUp: () => onPage(-0.1),
      ArrowDown: () => onPage(0.1),
      Home: () => onRow(0),
      End: onEnd,
    }
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  return (
    <div
      ref={track}
      hidden
      className={label === undefined ? 'scrollbar' : 'scrollbar scrollbar-dragged'}
      role="scrollbar"
      tabIndex={0}
      aria-label={t('timeline.placeInRoom')}
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuenow={1}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => dragTo(event.clientY)}
      onPointerUp={stop}
      onPointerCancel={stop}
      onLostPointerCapture={stop}
      onWheel={(event) => onPage(event.deltaY / 600)}
      onKeyDown={onKeyDown}
    >
      <div ref={thumb} className="scrollbar-thumb" />
      {label !== undefined && (
        <div className="scrollbar-label" style={{ top: label.top }} aria-hidden="true">
          {label.text}
        </div>
      )}
    </div>
  )
}
