import { z } from 'zod'
import type { Id } from '../ids.ts'
import { quietHours, type Quiet } from './quiet-hours.ts'

/** What is to be noticed: every message; only what is meant for the person; or only mentions. As a room's own level, 'none' is mute. */
export type NotifyLevel = 'all' | 'mentions' | 'none'

const level = z.enum(['all', 'mentions', 'none'])

/** Keys of `me.set` about notifications, but for `levelKey`. */
export const NOTIFY_KEYS = {
  /** Level of rooms without one of their own. */
  level: 'notify',
  /** false: no sound. */
  sound: 'notify.sound',
  /** true: notifications say who wrote and where, not what. */
  hideText: 'notify.hideText',
  /** Do not disturb until then, ms since the epoch. */
  quietUntil: 'dnd.until',
  quietHours: 'dnd.hours',
} as const

const LEVEL_OF_ROOM = 'level:'

/** Key of a room's own level. */
export function levelKey(room: Id): string {
  return `${LEVEL_OF_ROOM}${room}`
}

/** What the values of these keys may be. */
export const NOTIFY_SETTINGS = {
  [NOTIFY_KEYS.level]: level,
  [NOTIFY_KEYS.sound]: z.boolean(),
  [NOTIFY_KEYS.hideText]: z.boolean(),
  [NOTIFY_KEYS.quietUntil]: z.int().min(0).max(8_640_000_000_000_000),
  [NOTIFY_KEYS.quietHours]: quietHours,
} as const

/** What may stand under a key that is one of a family; undefined: the key belongs to none. */
export function familyOf(key: string): z.ZodType | undefined {
  return key.startsWith(LEVEL_OF_ROOM) ? level : undefined
}

/** What a person has set about notifications, and about those of one room. */
export interface NotifySettings extends Quiet {
  forAll: NotifyLevel
  /** The room's own level. */
  own?: NotifyLevel
  sound: boolean
  hideText: boolean
}

/** Reads them by their keys. Values that are unknown, from before there were rules or from a newer version, count as not set. */
export function readNotifySettings(setting: (key: string) => unknown, room?: Id): NotifySettings {
  const own = room === undefined ? undefined : readLevel(setting(levelKey(room)))
  const until = NOTIFY_SETTINGS[NOTIFY_KEYS.quietUntil].safeParse(setting(NOTIFY_KEYS.quietUntil)).data
  const hours = quietHours.safeParse(setting(NOTIFY_KEYS.quietHours)).data
  return {
    forAll: readLevel(setting(NOTIFY_KEYS.level)) ?? 'all',
    ...(own === undefined ? {} : { own }),
    sound: setting(NOTIFY_KEYS.sound) !== false,
    hideText: setting(NOTIFY_KEYS.hideText) === true,
    ...(until === undefined ? {} : { until }),
    ...(hours === undefined ? {} : { hours }),
  }
}

/** A level, or undefined for what is none. */
export function readLevel(value: unknown): NotifyLevel | undefined {
  return level.safeParse(value).data
}
