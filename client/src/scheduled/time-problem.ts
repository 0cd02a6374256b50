import { LIMITS } from '@chatflow/shared/limits'
import type { PlainKey } from '../i18n/words.ts'

/** Key of what is wrong with a time to send at; undefined: nothing. */
export function timeProblem(at: number | undefined, now: number): PlainKey | undefined {
  if (at === undefined) return 'scheduled.noTime'
  // The field goes by minutes.
  if (at < now - 60_000) return 'scheduled.timePassed'
  return at > now + LIMITS.scheduledAheadMs ? 'scheduled.tooFar' : undefined
}
