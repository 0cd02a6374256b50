import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import type { QueuedCommand } from '../sync/command-queue.ts'

/** Another text or time for a scheduled message; one that was refused, or has been sent meanwhile, is scheduled anew with it. */
export async function reschedule(core: ChatCore, scheduled: Id, change: { text?: string; sendAt?: number }): Promise<void> {
  const made = core.queue.get(scheduled)
  const refused = refusedChanges(core, scheduled)
  const isGone = made?.status === 'rejected' || (refused.length > 0 && !core.mine.scheduled().has(scheduled))
  if (isGone && made?.command.type === 'message.schedule') {
    const { room, text, replyTo, sendAt } = made.command
    await core.enqueue({ type: 'message.schedule', room, text, sendAt, ...change, ...(replyTo === undefined ? {} : { replyTo }) })
    if (made.status === 'rejected') await core.queue.discard(scheduled)
  } else await core.enqueue({ type: 'message.reschedule', scheduled, ...change })
  // Only now: until then what was typed is kept there.
  for (const { id } of refused) await core.queue.discard(id)
}

/** Takes a scheduled message back, with what was refused of it. */
export async function unschedule(core: ChatCore, scheduled: Id): Promise<void> {
  const { queue } = core
  const made = queue.get(scheduled)
  for (const { id } of refusedChanges(core, scheduled)) await queue.discard(id)
  if (made?.status === 'rejected') await queue.discard(scheduled)
  else if (!(await queue.cancel(scheduled)) && (core.mine.scheduled().has(scheduled) || made?.status === 'waiting')) await core.enqueue({ type: 'message.unschedule', scheduled })
}

function refusedChanges(core: ChatCore, scheduled: Id): QueuedCommand[] {
  return core.queue.list().filter(({ status, command }) => status === 'rejected' && command.type === 'message.reschedule' && command.scheduled === scheduled)
}
