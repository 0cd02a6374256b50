import { t } from '../i18n/translate.ts'
import { useRoomUi } from './room-ui.tsx'

/** Above the first message: where the room begins, or where its kept history does. */
export function RoomBeginning({ kept }: { kept: boolean }) {
  const { room } = useRoomUi()
  if (kept) return <p className="event">{t('timeline.olderRemoved')}</p>
  return <p className="event">{t(room.kind === 'dm' ? 'timeline.beginsDirect' : 'timeline.beginsRoom')}</p>
}
