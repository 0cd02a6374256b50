import KeyboardArrowDownRounded from '@mui/icons-material/KeyboardArrowDownRounded'
import type { Id } from '@chatflow/shared/ids'
import { useId } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { RoomLink } from './RoomLink.tsx'
import { visibleRooms } from './sections.ts'
import type { Section } from './sections.ts'

interface Props {
  section: Section
  folded: boolean
  /** The room on the screen. */
  open: Id | undefined
  onToggle(): void
}

/** A part of the list of rooms, which can be folded; the open room is never folded away. */
export function RoomSection({ section, folded, open, onToggle }: Props) {
  const id = useId()
  return (
    <section className="room-section" aria-labelledby={id}>
      <h2 className="room-section-title" id={id}>
        <button type="button" aria-expanded={!folded} onClick={onToggle}>
          <KeyboardArrowDownRounded aria-hidden="true" className={folded ? 'room-section-arrow room-section-arrow-folded' : 'room-section-arrow'} />
          {t(`rooms.${section.name}`)}
          {folded && <span className="room-section-count" aria-hidden="true">{formatNumber(section.rooms.length)}</span>}
        </button>
      </h2>
      {visibleRooms(section, folded, open).map((room) => (
        <RoomLink key={room.id} room={room} open={room.id === open} />
      ))}
    </section>
  )
}
