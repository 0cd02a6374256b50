import { ERRORS } from '@chatflow/shared/errors'
import type { QueuedCommand } from '../sync/command-queue.ts'
import type { MessageView } from './views.ts'

/** Why a command was refused, as the screen shows it. */
export function rejectionOf(record: QueuedCommand): NonNullable<MessageView['rejection']> {
  const code = record.code ?? 'internal'
  const text = 'text' in record.command ? record.command.text : undefined
  return { command: record.id, code, message: record.message || ERRORS[code].title, ...(text === undefined ? {} : { text }) }
}
