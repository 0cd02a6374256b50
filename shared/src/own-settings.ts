import { z } from 'zod'
import { emoji } from './commands/message.ts'
import { LANGUAGES } from './languages.ts'
import { LIMITS } from './limits.ts'
import { familyOf, NOTIFY_SETTINGS } from './notify/notify-settings.ts'
import { text } from './text.ts'

/** What somebody says of themselves, until a time: an emoji, a text, or both. */
export interface PersonStatus {
  emoji?: string
  text?: string
  /** ms since the epoch; readers show nothing any more from then on. Without it: until it is changed. */
  until?: number
}

const status = z
  .strictObject({ emoji: emoji.optional(), text: text(1, LIMITS.statusText).optional(), until: z.int().min(0).max(8_640_000_000_000_000).optional() })
  .refine((value) => value.emoji !== undefined || value.text !== undefined, 'nothing said')

/** Keys of `me.set` that servers read too, and what their values may be; `null` takes any of them away. */
export const OWN_SETTINGS = {
  /** Shown to others. */
  status,
  /** false: others are not told when the person is here, types, or was last here; and the person is not told of others. */
  'privacy.presence': z.boolean(),
  /** false: others are not told how far the person has read. */
  'privacy.receipts': z.boolean(),
  /** The language of the interface, and of mails; 'system': the browser's. */
  language: z.enum(['system', ...LANGUAGES]),
  /** What is to be noticed, and when it is to be quiet; `level:<room>` of single rooms besides. */
  ...NOTIFY_SETTINGS,
} as const

/** True for a value that the key may have; any for keys that servers do not read. */
export function isSettingValue(key: string, value: unknown): boolean {
  if (value === null) return true
  const schema = Object.hasOwn(OWN_SETTINGS, key) ? OWN_SETTINGS[key as keyof typeof OWN_SETTINGS] : familyOf(key)
  return schema === undefined || schema.safeParse(value).success
}

/** The status as it is to be shown at `now`; undefined: none. Statuses of replicas may have ended, and come from servers of any version. */
export function statusAt(value: unknown, now: number): PersonStatus | undefined {
  const parsed = status.safeParse(value)
  if (!parsed.success || (parsed.data.until ?? Infinity) <= now) return undefined
  return Object.fromEntries(Object.entries(parsed.data).filter(([, part]) => part !== undefined))
}
