import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { text } from '../text.ts'
import { id, inRoom, ofUser } from './base.ts'

/** ms since the epoch; a time that has passed means at once. */
const sendAt = z.int().min(0).max(8_640_000_000_000_000)

export const scheduleCommands = {
  /** The scheduled message's id is the command's; that of the message follows from it (`scheduledMessageId`). */
  'message.schedule': inRoom('message.schedule', { text: text(1, LIMITS.messageText), replyTo: id.optional(), sendAt }),
  /** Another text, another time, or both; also sends again what was refused. */
  'message.reschedule': ofUser('message.reschedule', { scheduled: id, text: text(1, LIMITS.messageText).optional(), sendAt: sendAt.optional() }),
  'message.unschedule': ofUser('message.unschedule', { scheduled: id }),
}
