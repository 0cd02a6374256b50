import ForumOutlined from '@mui/icons-material/ForumOutlined'
import { formatRoute } from '../app/route.ts'
import type { MessageView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { formatClock, formatShortDate } from '../ui/format-time.ts'
import { useToday } from '../ui/use-today.ts'
import { useRoomUi } from './room-ui.tsx'

/** Under the beginning of a conversation: how many answers there are, and the way to them. */
export function ThreadLine({ message }: { message: MessageView }) {
  const ui = useRoomUi()
  const today = useToday()
  const { answers } = message
  if (answers === undefined || answers.count === 0 || ui.thread !== undefined) return null
  const last = isSameDay(answers.at, today) ? formatClock(answers.at) : formatShortDate(answers.at)
  return (
    <a className="thread-line" href={formatRoute({ room: ui.room.id, panel: 'thread', item: message.id })}>
      <ForumOutlined aria-hidden="true" />
      {t('timeline.answersLast', { count: answers.count, time: last })}
    </a>
  )
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}
