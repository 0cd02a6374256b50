import { z } from 'zod'

const MINUTES_OF_DAY = 1_440
const MINUTE = 60_000

/** A minute of the day, 0 to 1439. */
const minute = z.int().min(0).max(MINUTES_OF_DAY - 1)

/**
 * When it is to be quiet every week. `days`: those on which a quiet time begins, 0 is Sunday; `from`, `to`: minutes of the day in `zone` (IANA).
 * A `to` that is not after `from` is on the next day, so equal ones make a whole day.
 */
export const quietHours = z.strictObject({
  on: z.boolean(),
  days: z.array(z.int().min(0).max(6)).max(7).refine((days) => new Set(days).size === days.length, 'a day twice'),
  from: minute,
  to: minute,
  zone: z.string().max(64).refine(isZone, 'not a time zone'),
})
export type QuietHours = z.infer<typeof quietHours>

/** What makes it quiet, as far as it is known to the person's settings. */
export interface Quiet {
  /** ms since the epoch: quiet from when it was asked for until then. */
  until?: number
  hours?: QuietHours
}

/** Until when it is quiet at `now`, ms since the epoch; undefined: it is not. Where quiet times follow each other it is the end of the first: ask again then. */
export function quietUntil({ until, hours }: Quiet, now: number): number | undefined {
  if (until !== undefined && until > now) return until
  return hours === undefined ? undefined : endOfHours(hours, now)
}

function endOfHours({ on, days, from, to, zone }: QuietHours, now: number): number | undefined {
  if (!on || days.length === 0) return undefined
  const { day, minuteOfDay } = localTime(zone, now)
  const yesterday = (day + 6) % 7
  const overnight = to <= from
  const left =
    days.includes(day) && minuteOfDay >= from && (overnight || minuteOfDay < to) ? to - minuteOfDay + (overnight ? MINUTES_OF_DAY : 0)
    : overnight && days.includes(yesterday) && minuteOfDay < to ? to - minuteOfDay
    : undefined
  // A night in which clocks change ends an hour off; whoever asks again at the end is told the rest.
  return left === undefined ? undefined : Math.floor(now / MINUTE) * MINUTE + left * MINUTE
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** Making a format costs more than using it a hundred times; there are some 600 zones. */
const MOST_FORMATS = 1_000
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function localTime(zone: string, now: number): { day: number; minuteOfDay: number } {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(now).map(({ type, value }) => [type, value]))
  return { day: DAYS.indexOf(parts['weekday'] ?? ''), minuteOfDay: Number(parts['hour']) * 60 + Number(parts['minute']) }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  if (formats.size < MOST_FORMATS) formats.set(zone, format)
  return format
}

function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}
