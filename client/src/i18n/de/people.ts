import type { people as english } from '../en/people.ts'
import type { Translated } from '../words.ts'

export const people: Translated<typeof english> = {
  seenJustNow: 'gerade eben noch da',
  seenMinutesAgo_one: 'zuletzt vor {{count}} Minute da',
  seenMinutesAgo_other: 'zuletzt vor {{count}} Minuten da',
  seenHoursAgo_one: 'zuletzt vor {{count}} Stunde da',
  seenHoursAgo_other: 'zuletzt vor {{count}} Stunden da',
  seenDaysAgo_one: 'zuletzt vor {{count}} Tag da',
  seenDaysAgo_other: 'zuletzt vor {{count}} Tagen da',
  seenLongAgo: 'lange nicht da',
}
