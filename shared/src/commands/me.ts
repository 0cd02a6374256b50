import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { isWellFormedText, text } from '../text.ts'
import { id, inRoom, ofUser } from './base.ts'

const settingValue = z
  .json()
  .refine((value) => JSON.stringify(value).length <= LIMITS.settingBytes, 'too large')
  .refine((value) => isWellFormedText(JSON.stringify(value)) && !JSON.stringify(value).includes('\\u'), 'not well-formed')

export const meCommands = {
  /** An empty text removes the draft. */
  'draft.set': inRoom('draft.set', { text: text(0, LIMITS.messageText), replyTo: id.optional() }),
  /** Stars, notification levels, preferences. `null` removes the key. */
  'me.set': ofUser('me.set', {
    key: text(1, LIMITS.settingKey).regex(/^[a-z][a-zA-Z0-9.:/_-]*$/),
    value: settingValue,
  }),
}
