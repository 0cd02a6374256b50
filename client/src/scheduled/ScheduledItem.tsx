import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { formatRoute } from '../app/route.ts'
import type { ScheduledView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { formatClock, formatDay, formatFull } from '../ui/format-time.ts'
import { useToday } from '../ui/use-today.ts'
import { EditScheduledDialog } from './EditScheduledDialog.tsx'

/** One message that is to be sent: where, when, what, and what may be done about it. `showRoom`: the list is of all rooms. */
export function ScheduledItem({ item, showRoom }: { item: ScheduledView; showRoom: boolean }) {
  const { rescheduleMessage, unscheduleMessage, retry } = useActions()
  const [editing, setEditing] = useState(false)
  const { rejection } = item
  const problem = rejection !== undefined ? t(`errors.${rejection.code}`) : item.failed === undefined ? undefined : t('scheduled.notSent', { reason: t(`errors.${item.failed}`) })
  // What was sent already cannot be tried again, only scheduled anew with a change.
  const mayRetry = rejection !== undefined && rejection.code !== 'scheduled_not_found'
  return (
    <li className="scheduled-item">
      <div className="scheduled-head">
        <time dateTime={new Date(item.sendAt).toISOString()} title={formatFull(item.sendAt)}>
          {formatDay(item.sendAt, useToday())}, {formatClock(item.sendAt)}
        </time>
        {showRoom &&
          (item.room === '' ? null : (
            <a className="scheduled-room ellipsis" href={formatRoute({ room: item.room })}>
              {item.roomName || t('scheduled.aRoom')}
            </a>
          ))}
        {item.waiting && <span className="text-3">{t('scheduled.waiting')}</span>}
      </div>
      <p className="scheduled-text" dir="auto">
        {item.text}
      </p>
      {problem !== undefined && (
        <p className="scheduled-problem" role="status">
          {problem}
        </p>
      )}
      <div className="scheduled-actions">
        {item.room !== '' && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t('common.edit')}
          </Button>
        )}
        {rejection === undefined ? (
          <Button size="small" onClick={() => void rescheduleMessage(item.id, { sendAt: 0 })}>
            {t('scheduled.now')}
          </Button>
        ) : (
          mayRetry && (
            <Button size="small" onClick={() => void retry(rejection.command)}>
              {t('common.retry')}
            </Button>
          )
        )}
        <Button size="small" color="error" onClick={() => void unscheduleMessage(item.id)}>
          {t(rejection === undefined ? 'scheduled.cancelIt' : 'common.discard')}
        </Button>
      </div>
      {editing && <EditScheduledDialog item={item} onClose={() => setEditing(false)} />}
    </li>
  )
}
