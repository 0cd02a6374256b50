import { formatRoute } from '../app/route.ts'
import { t } from '../i18n/translate.ts'
import { RoomPanel } from '../rooms/RoomPanel.tsx'
import type { PanelProps } from '../rooms/RoomPanel.tsx'
import { ScheduledList } from './ScheduledList.tsx'

/** What is to be sent in this room at a time. */
export function ScheduledPanel({ room }: PanelProps) {
  return (
    <RoomPanel room={room.id} label={t('scheduled.messages')} heading={t('pages.scheduled')} wide>
      <ScheduledList room={room.id} />
      <p className="scheduled-more">
        <a href={formatRoute({ page: 'scheduled', section: 'all' })}>{t('scheduled.inAllRooms')}</a>
      </p>
    </RoomPanel>
  )
}
