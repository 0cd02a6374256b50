import type { PersonView } from '../chat/views.ts'
import { plural } from '../ui/plural.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "online", "away", "last seen 10 minutes ago"; undefined: nothing is known, or nothing is shown. */
export function presenceWords({ presence, lastSeen }: Pick<PersonView, 'presence' | 'lastSeen'>, now: number): string | undefined {
  if (presence !== undefined) return presence
  return lastSeen === undefined ? undefined : `last seen ${agoWords(now - lastSeen)}`
}

/** Coarser the longer it is ago: minutes, then hours, then days. */
function agoWords(ms: number): string {
  if (ms < 2 * MINUTE) return 'just now'
  if (ms < HOUR) return `${plural(Math.floor(ms / MINUTE), 'minute')} ago`
  if (ms < DAY) return `${plural(Math.floor(ms / HOUR), 'hour')} ago`
  if (ms < 60 * DAY) return `${plural(Math.floor(ms / DAY), 'day')} ago`
  return 'a long time ago'
}
