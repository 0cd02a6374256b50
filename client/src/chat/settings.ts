import { levelKey, NOTIFY_KEYS } from '@chatflow/shared/notify/notify-settings'
import type { Id } from '@chatflow/shared/ids'

/** Keys of `me.set` that the client itself reads. */
export const SETTINGS = {
  /** `true`: among the starred rooms. */
  star: (room: Id): string => `star:${room}`,
  /** 'all', 'mentions' or 'none' (muted). */
  level: levelKey,
  /** The same for rooms without one of their own. */
  notify: NOTIFY_KEYS.level,
  sound: NOTIFY_KEYS.sound,
  hideText: NOTIFY_KEYS.hideText,
  quietUntil: NOTIFY_KEYS.quietUntil,
  quietHours: NOTIFY_KEYS.quietHours,
  /** 'comfortable' or 'compact'. */
  density: 'density',
  /** 'system', '12' or '24'. */
  hours: 'hours',
  /** 'system', 'en' or 'de'. */
  language: 'language',
  /** See shared/src/own-settings.ts. */
  status: 'status',
  showPresence: 'privacy.presence',
  showReceipts: 'privacy.receipts',
  /** The emoji used last, newest first. */
  recentEmoji: 'recentEmoji',
  /** 0 neutral, 1 to 5 from light to dark. */
  skinTone: 'skinTone',
  /** `false`: no previews of links. */
  previews: 'previews',
}
