import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { isSettingValue } from '../own-settings.ts'
import { isWellFormedText, text } from '../text.ts'
import { id, inRoom, ofUser } from './base.ts'

/** A command may nest values 8 deep, as an update to an outbox may; a setting's value begins one below. */
const DEEPEST = 7

const settingValue = z
  .unknown()
  // First, and looking no deeper than that: what checks JSON goes down with it.
  .refine((value) => isShallow(value, DEEPEST), 'nested too deep')
  .pipe(z.json())
  .refine((value) => JSON.stringify(value).length <= LIMITS.settingBytes, 'too large')
  .refine((value) => isWellFormed(value), 'not well-formed')

export const meCommands = {
  /** An empty text removes the draft. `thread`: the message with which the conversation began that it belongs to; without it, to the room. */
  'draft.set': inRoom('draft.set', { text: text(0, LIMITS.messageText), replyTo: id.optional(), thread: id.optional() }),
  /** Stars, notification levels, preferences. `null` removes the key. */
  'me.set': ofUser('me.set', {
    key: text(1, LIMITS.settingKey).regex(/^[a-z][a-zA-Z0-9.:/_-]*$/),
    value: settingValue,
  }).refine(({ key, value }) => isSettingValue(key, value), { path: ['value'], error: 'not a value of this key' }),
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

/** Every text of a value that JSON can say, keys included. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormedText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isWellFormedText(key) && isWellFormed(inner))
}
