import CheckRounded from '@mui/icons-material/CheckRounded'
import DoneAllRounded from '@mui/icons-material/DoneAllRounded'
import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded'
import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import { useState } from 'react'
import type { MessageView } from '../chat/contract.ts'
import { nameList } from '../ui/plural.ts'
import { useElapsed } from '../ui/use-elapsed.ts'

/** The clock would flicker at every message sent online if it came at once. */
const CLOCK_AFTER_MS = 300

/** How far one's own message has come: a clock, one tick, two ticks, or a red sign. Nothing for the messages of others. */
export function DeliveryMark({ message }: { message: MessageView }) {
  const waiting = message.delivery === 'sending' || message.delivery === 'kept'
  const since = useSince(message.changing)
  const clock = useElapsed(waiting ? (message.enteredAt ?? 0) : since, CLOCK_AFTER_MS)
  if (!message.mine && !message.changing) return null
  if (message.delivery === 'rejected') return mark('Not accepted', 'mark-refused', <ErrorOutlineRounded />)
  if (waiting || message.changing) return clock ? mark('On this device, not sent yet', 'mark-clock', <ScheduleRounded />) : null
  if (message.deleted) return null
  if (message.seenBy.length > 0) return mark(`Seen by ${nameList(message.seenBy.map((p) => p.displayName), 3)}`, 'mark-seen', <DoneAllRounded />)
  return mark('Delivered', 'mark-delivered', <CheckRounded />)
}

function mark(label: string, className: string, icon: React.ReactNode) {
  return (
    <span className={`mark ${className}`} role="img" aria-label={label} title={label}>
      {icon}
    </span>
  )
}

/** When the flag was last seen to become true, ms. */
function useSince(flag: boolean): number | undefined {
  const [since, setSince] = useState<number | undefined>(() => (flag ? Date.now() : undefined))
  if (flag !== (since !== undefined)) setSince(flag ? Date.now() : undefined)
  return since
}
