import type { PersonStatus } from '@chatflow/shared/own-settings'

/** How long a status is shown. */
export const DURATIONS = [
  { value: 'half-hour', title: '30 minutes' },
  { value: 'hour', title: '1 hour' },
  { value: 'today', title: 'Today' },
  { value: 'week', title: 'This week' },
  { value: 'always', title: 'Until I clear it' },
] as const
export type Duration = (typeof DURATIONS)[number]['value']

/** What people say most often; chosen, it can be changed before it is saved. */
export const SUGGESTED: readonly { status: Required<Pick<PersonStatus, 'emoji' | 'text'>>; lasts: Duration }[] = [
  { status: { emoji: '📅', text: 'In a meeting' }, lasts: 'hour' },
  { status: { emoji: '🍽️', text: 'At lunch' }, lasts: 'half-hour' },
  { status: { emoji: '🎧', text: 'Please do not disturb' }, lasts: 'hour' },
  { status: { emoji: '🤒', text: 'Off sick' }, lasts: 'today' },
  { status: { emoji: '🌴', text: 'On holiday' }, lasts: 'week' },
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
