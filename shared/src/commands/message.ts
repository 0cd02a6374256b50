import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { text } from '../text.ts'
import { id, inRoom } from './base.ts'

/** An emoji: one to a few code points of a grapheme, or a `:name:`; never markup. */
export const emoji = text(1, 32).regex(/^[^\s<>&"'`:]+$|^:[a-z0-9_+-]{1,30}:$/u)

export const messageCommands = {
  'message.send': inRoom('message.send', {
    text: text(0, LIMITS.messageText),
    replyTo: id.optional(),
    files: z.array(z.strictObject({ id })).max(LIMITS.filesPerMessage).optional(),
  }),
  'message.edit': inRoom('message.edit', { message: id, text: text(1, LIMITS.messageText) }),
  'message.delete': inRoom('message.delete', { message: id }),
  'message.react': inRoom('message.react', { message: id, emoji, on: z.boolean() }),
  'message.pin': inRoom('message.pin', { message: id, on: z.boolean() }),
  /** Takes the preview of a link away from an own message, for everyone, or asks for it again. `url`: as the preview has it. */
  'message.preview': inRoom('message.preview', { message: id, url: text(1, LIMITS.previewUrl), on: z.boolean() }),
}
