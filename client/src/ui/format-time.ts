const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const withYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })

/** "10:02" */
export const formatClock = (ms: number): string => clock.format(ms)

/** "10:02" without "AM" or "PM", for where there is little room. */
export function formatShortClock(ms: number): string {
  return clock
    .formatToParts(ms)
    .filter((part) => part.type !== 'dayPeriod')
    .map((part) => part.value)
    .join('')
    .trim()
}

/** Full date and time, for tooltips. */
export const formatFull = (ms: number): string => full.format(ms)

/** "9 Jun 2025", for the scrollbar's label. */
export const formatShortDate = (ms: number): string => short.format(ms)

/** Number of the local calendar day; equal for two times of one day. */
export function dayOf(ms: number): number {
  const date = new Date(ms)
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate()
}

/** "Today", "Yesterday", "Monday, 3 June", or with the year if it is another one. */
export function formatDay(ms: number, now: number): string {
  const day = dayOf(ms)
  if (day === dayOf(now)) return 'Today'
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  if (day === dayOf(yesterday.getTime())) return 'Yesterday'
  return new Date(ms).getFullYear() === new Date(now).getFullYear() ? weekday.format(ms) : withYear.format(ms)
}
