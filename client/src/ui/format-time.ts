import { perLocale } from '../i18n/format.ts'
import { formatLocale } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'

type Hours = 'system' | '12' | '24'

let formats = formatsFor('system')

function formatsFor(hours: Hours) {
  const cycle: Intl.DateTimeFormatOptions = hours === 'system' ? {} : { hourCycle: hours === '24' ? 'h23' : 'h12' }
  return {
    clock: perLocale((locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...cycle })),
    full: perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', ...cycle })),
  }
}

/** How all times are written from now on. What is on the screen has to be made anew. */
export function setHours(hours: Hours): void {
  formats = formatsFor(hours)
}

const weekday = perLocale((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }))
const withYear = perLocale((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }))
const short = perLocale((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }))

/** "10:02" */
export const formatClock = (ms: number): string => formats.clock().format(ms)

/** "10:02" without "AM" or "PM", for where there is little room. */
export function formatShortClock(ms: number): string {
  return formats
    .clock()
    .formatToParts(ms)
    .filter((part) => part.type !== 'dayPeriod')
    .map((part) => part.value)
    .join('')
    .trim()
}

/** Five past nine in the evening, as an example of how times are written then. */
export function exampleClock(hours: '12' | '24'): string {
  return new Intl.DateTimeFormat(formatLocale(), { hour: 'numeric', minute: '2-digit', hourCycle: hours === '24' ? 'h23' : 'h12' }).format(new Date(2026, 0, 1, 21, 5))
}

/** Full date and time, for tooltips. */
export const formatFull = (ms: number): string => formats.full().format(ms)

/** "9 Jun 2025", for the scrollbar's label. */
export const formatShortDate = (ms: number): string => short().format(ms)

/** Number of the local calendar day; equal for two times of one day. */
export function dayOf(ms: number): number {
  const date = new Date(ms)
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate()
}

/** "Today", "Yesterday", "Monday, 3 June", or with the year if it is another one. */
export function formatDay(ms: number, now: number): string {
  const day = dayOf(ms)
  if (day === dayOf(now)) return t('common.today')
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  if (day === dayOf(yesterday.getTime())) return t('common.yesterday')
  return new Date(ms).getFullYear() === new Date(now).getFullYear() ? weekday().format(ms) : withYear().format(ms)
}
