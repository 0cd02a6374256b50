import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import type { Id } from '@chatflow/shared/ids'
import { useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ScheduledItem } from './ScheduledItem.tsx'
import './scheduled.css'

/** What is to be sent at a time, the next one first: of one room, or of all. */
export function ScheduledList({ room }: { room?: Id }) {
  const items = useChatState((state) => state.scheduled).filter((item) => room === undefined || item.room === room)
  if (items.length === 0) {
    return (
      <EmptyState icon={<ScheduleRounded />} title={t('scheduled.nothing')}>
        {t('scheduled.nothingText')}
      </EmptyState>
    )
  }
  return (
    <ul className="scheduled-list" aria-label={t('scheduled.messages')}>
      {items.map((item) => (
        <ScheduledItem key={item.id} item={item} showRoom={room === undefined} />
      ))}
    </ul>
  )
}
