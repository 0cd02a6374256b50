import { memo } from 'react'
import type { MessageView } from '../chat/views.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { DayDivider, EventLine, NewDivider } from './Dividers.tsx'
import { MessageRow } from './MessageRow.tsx'
import { RoomBeginning } from './RoomBeginning.tsx'

interface Props {
  /** Undefined: not loaded yet. */
  message: MessageView | undefined
  grouped: boolean
  /** ms; a divider stands above. */
  day: number | undefined
  /** The "New" divider stands above. */
  fresh: boolean
  /** The room's first message, or the first that has been kept. */
  beginning: 'first' | 'kept' | undefined
  highlighted: boolean
}

/** One place in the room with what stands above it. */
export const TimelineRow = memo(function TimelineRow({ message, grouped, day, fresh, beginning, highlighted }: Props) {
  useLanguage()
  return (
    <>
      {beginning !== undefined && <RoomBeginning kept={beginning === 'kept'} />}
      {day !== undefined && <DayDivider day={day} />}
      {fresh && <NewDivider />}
      {message === undefined ? (
        <Placeholder />
      ) : message.event !== undefined ? (
        <EventLine message={message} />
      ) : (
        <MessageRow message={message} grouped={grouped && !fresh} highlighted={highlighted} />
      )}
    </>
  )
})

/** Holds the place of a message that is on its way. */
function Placeholder() {
  return (
    <div className="placeholder" aria-hidden="true">
      <span className="placeholder-face" />
      <span className="placeholder-lines" />
    </div>
  )
}
