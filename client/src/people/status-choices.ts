import type { PlainKey } from '../i18n/words.ts'


/** How long a status is shown. */
export const DURATIONS = [
  { value: 'half-hour', title: 'people.halfHour' },
  { value: 'hour', title: 'people.hour' },
  { value: 'today', title: 'common.today' },
  { value: 'week', title: 'people.week' },
  { value: 'always', title: 'people.always' },
] as const
export type Duration = (typeof DURATIONS)[number]['value']

/** What people say most often; chosen, it can be changed before it is saved. */
export const SUGGESTED: readonly { emoji: string; text: PlainKey; lasts: Duration }[] = [
  { emoji: '📅', text: 'people.inMeeting', lasts: 'hour' },
  { emoji: '🍽️', text: 'people.atLunch', lasts: 'half-hour' },
  { emoji: '🎧', text: 'people.doNotDisturb', lasts: 'hour' },
  { emoji: '🤒', text: 'people.offSick', lasts: 'today' },
  { emoji: '🌴', text: 'people.onHoliday', lasts: 'week' },
]

/** When a status of this duration ends: ms, in the days and weeks (from Monday on) of this device; undefined: never. */
export function endOf(duration: Duration, now: number): number | undefined {
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  switch (duration) {
    case 'half-hour':
      return now + 30 * 60_000
    case 'hour':
      return now + 60 * 60_000
    case 'today':
      return day.setDate(day.getDate() + 1)
    case 'week':
      return day.setDate(day.getDate() + 7 - ((day.getDay() + 6) % 7))
    case 'always':
      return undefined
  }
}
