import type { PlainKey } from '../i18n/words.ts'

/** Times that are offered for sending later, by the days of this device. */
export function presets(now: number): readonly { title: PlainKey; at: number }[] {
  return [
    { title: 'scheduled.inHour', at: now + 3_600_000 },
    { title: 'scheduled.tomorrow', at: dayAt(now, 1, 9) },
    { title: 'scheduled.monday', at: dayAt(now, daysToMonday(now), 9) },
  ]
}

/** The next one: on a Monday, the one of next week. */
function daysToMonday(now: number): number {
  return 7 - ((new Date(now).getDay() + 6) % 7)
}

function dayAt(now: number, days: number, hours: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  return date.setHours(hours, 0, 0, 0)
}

/** As `<input type="datetime-local">` holds it: this device's time, to the minute. */
export function toLocalInput(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** ms; undefined: not a time. */
export function fromLocalInput(value: string): number | undefined {
  const ms = value === '' ? Number.NaN : new Date(value).getTime()
  return Number.isNaN(ms) ? undefined : ms
}
