import KeyboardArrowUpRounded from '@mui/icons-material/KeyboardArrowUpRounded'
import { useImperativeHandle, useRef, useState } from 'react'
import type { Ref } from 'react'
import { t } from '../i18n/translate.ts'
import { StickyDay } from './StickyDay.tsx'
import type { StickyDayHandle } from './StickyDay.tsx'

/** What the top of the screen says about the place in the room. */
interface Place {
  /** ms; undefined: not known, or its divider is on the screen. */
  day: number | undefined
  /** Unread messages above the screen were passed over. */
  unreadAbove: boolean
  scrolled: boolean
}

export interface TimelineTopHandle {
  /** Comes with every frame of scrolling: what has not changed renders nothing. */
  update(place: Place): void
}

/** Over the messages, at the top: the day, and the way back to the first unread message. */
export function TimelineTop({ ref, onFirstUnread }: { ref: Ref<TimelineTopHandle>; onFirstUnread(): void }) {
  const day = useRef<StickyDayHandle>(null)
  const [unreadAbove, setUnreadAbove] = useState(false)
  useImperativeHandle(ref, () => ({
    update(place) {
      setUnreadAbove(place.unreadAbove)
      day.current?.update(place.day, place.scrolled)
    },
  }))
  return (
    <div className="timeline-top">
      {unreadAbove && (
        <button type="button" className="pill" onClick={onFirstUnread}>
          {t('timeline.toFirstUnread')}
          <KeyboardArrowUpRounded aria-hidden="true" />
        </button>
      )}
      <StickyDay ref={day} />
    </div>
  )
}
