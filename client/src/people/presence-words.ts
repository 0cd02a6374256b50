import type { PersonView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "online", "away" */
export function presenceName(presence: NonNullable<PersonView['presence']>): string {
  return t(`common.${presence}`)
}

/** "online", "away", "last seen 10 minutes ago"; undefined: nothing is known, or nothing is shown. */
export function presenceWords({ presence, lastSeen }: Pick<PersonView, 'presence' | 'lastSeen'>, now: number): string | undefined {
  if (presence !== undefined) return presenceName(presence)
  return lastSeen === undefined ? undefined : lastSeenWords(now - lastSeen)
}

/** Coarser the longer it is ago: minutes, then hours, then days. */
function lastSeenWords(ms: number): string {
  if (ms < 2 * MINUTE) return t('people.seenJustNow')
  if (ms < HOUR) return t('people.seenMinutesAgo', { count: Math.floor(ms / MINUTE) })
  if (ms < DAY) return t('people.seenHoursAgo', { count: Math.floor(ms / HOUR) })
  if (ms < 60 * DAY) return t('people.seenDaysAgo', { count: Math.floor(ms / DAY) })
  return t('people.seenLongAgo')
}
