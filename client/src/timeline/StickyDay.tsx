import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Ref } from 'react'
import { t } from '../i18n/translate.ts'
import { formatDay } from '../ui/format-time.ts'
import { useToday } from '../ui/use-today.ts'
import { useRoomUi } from './room-ui.tsx'

/** It goes this many ms after the last scrolling. */
const STAYS_MS = 2_000

export interface StickyDayHandle {
  /** `day`: of the topmost message, ms; undefined: not known, or its own divider is there. `scrolled`: the screen has just moved. */
  update(day: number | undefined, scrolled: boolean): void
}

/** The day of what is at the top, shown while the screen moves; leads to the choice of another day. */
export function StickyDay({ ref }: { ref: Ref<StickyDayHandle> }) {
  const now = useToday()
  const { askDate } = useRoomUi()
  const [day, setDay] = useState<number>()
  const [shown, setShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useImperativeHandle(ref, () => ({
    update(next, scrolled) {
      setDay(next === undefined ? undefined : new Date(next).setHours(0, 0, 0, 0))
      if (!scrolled) return
      setShown(true)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setShown(false), STAYS_MS)
    },
  }))
  if (day === undefined) return null
  return (
    // The keyboard has the same in the room's menu.
    <button type="button" className={shown ? 'sticky-day' : 'sticky-day sticky-day-idle'} tabIndex={-1} aria-haspopup="dialog" onClick={() => askDate(day)}>
      {formatDay(day, now)}
      <span className="sr-only">{t('timeline.dayJump')}</span>
    </button>
  )
}
