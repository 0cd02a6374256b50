import type { QueuedCommand } from '../sync/command-queue.ts'
import type { MessageView } from './views.ts'

/** Why a command was refused, as the screen shows it: by its code, since the server's sentence is English. */
export function rejectionOf(record: QueuedCommand): NonNullable<MessageView['rejection']> {
  const text = 'text' in record.command ? record.command.text : undefined
  return { command: record.id, code: record.code ?? 'internal', ...(text === undefined ? {} : { text }) }
}
