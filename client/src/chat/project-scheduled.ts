import { isErrorCode } from '@chatflow/shared/errors'
import type { Scheduled } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import type { QueuedCommand } from '../sync/command-queue.ts'
import type { RoomView, ScheduledView } from './views.ts'
import type { Overlay, ScheduledOverlay } from './overlay.ts'
import { rejectionOf } from './rejection.ts'

/** Messages that are to be sent at a time: the user document with own commands laid over it, the next one first. */
export function projectScheduled(core: ChatCore, overlay: Overlay, rooms: readonly RoomView[]): ScheduledView[] {
  const kept = core.mine.scheduled()
  const names = new Map(rooms.map((room) => [room.id, room.name]))
  const views: ScheduledView[] = []
  for (const id of new Set([...kept.keys(), ...overlay.scheduled.keys()])) {
    const over = overlay.scheduled.get(id)
    if (over?.gone === true) continue
    const view = viewOf(id, kept.get(id) ?? madeHere(over?.made ?? core.queue.get(id)), over)
    if (view !== undefined) views.push({ ...view, roomName: names.get(view.room) ?? core.summaries.get(view.room).name })
  }
  return views.sort((a, b) => a.sendAt - b.sendAt || a.id.localeCompare(b.id))
}

function viewOf(id: Id, base: Scheduled | undefined, over: ScheduledOverlay | undefined): Omit<ScheduledView, 'roomName'> | undefined {
  const refused = over?.rejected ?? (over?.made?.status === 'rejected' ? over.made : undefined)
  if (base === undefined) {
    // Sent or cancelled; what was typed into it meanwhile is left (R8).
    return refused && { id, room: '', text: typedIn(refused) ?? '', sendAt: refused.command.at, waiting: false, rejection: rejectionOf(refused) }
  }
  const failed = over?.changed === true ? undefined : base.failed
  return {
    id,
    room: base.room,
    text: (over?.rejected && typedIn(over.rejected)) ?? over?.text ?? base.text,
    sendAt: over?.sendAt ?? base.sendAt,
    waiting: over?.waiting === true,
    ...(base.replyTo === undefined ? {} : { replyTo: base.replyTo }),
    ...(failed === undefined ? {} : { failed: isErrorCode(failed) ? failed : 'internal' as const }),
    ...(refused === undefined ? {} : { rejection: rejectionOf(refused) }),
  }
}

function typedIn({ command }: QueuedCommand): string | undefined {
  return 'text' in command ? command.text : undefined
}

/** As its command says, while the replica does not have it yet, or not any more. */
function madeHere(record: QueuedCommand | undefined): Scheduled | undefined {
  const command = record?.command
  if (command?.type !== 'message.schedule') return undefined
  return { room: command.room, text: command.text, sendAt: command.sendAt, ...(command.replyTo === undefined ? {} : { replyTo: command.replyTo }) }
}
