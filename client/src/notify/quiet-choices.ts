import type { QuietHours } from '@chatflow/shared/notify/quiet-hours'
import { formatLocale } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import { dayOf, formatClock, formatDay } from '../ui/format-time.ts'

/** Hour of the morning until which "until tomorrow" is. */
const MORNING = 8

/** How long it can be made quiet at once, and until when that is, ms. */
export function quietChoices(now: number): { title: string; until: number }[] {
  const tomorrow = new Date(now)
  tomorrow.setDate(tomorrow.getDate() + 1)
  tomorrow.setHours(MORNING, 0, 0, 0)
  return [
    { title: t('notifications.forHalfAnHour'), until: now + 30 * 60_000 },
    { title: t('notifications.forAnHour'), until: now + 60 * 60_000 },
    { title: t('notifications.untilTomorrow', { time: formatClock(tomorrow.getTime()) }), until: tomorrow.getTime() },
  ]
}

/** "Quiet until 14:30", with the day if it is another one. */
export function quietWords(until: number, now: number): string {
  const time = formatClock(until)
  return dayOf(until) === dayOf(now) ? t('notifications.quietUntil', { time }) : t('notifications.quietUntilDay', { time, day: formatDay(until, now) })
}

/** The zone of this device, IANA. */
export const ownZone = (): string => new Intl.DateTimeFormat(formatLocale()).resolvedOptions().timeZone

/** What is offered first: every night, switched off. */
export const usualHours = (): QuietHours => ({ on: false, days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60, zone: ownZone() })

/** A minute of the day as a field for times has it: "07:05". */
export const toTimeInput = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Undefined for what is no time of the day. */
export function fromTimeInput(value: string): number | undefined {
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(value) ?? []
  return hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59 ? undefined : Number(hour) * 60 + Number(minute)
}
