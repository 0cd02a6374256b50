import { LIMITS } from '@chatflow/shared/limits'

/** What is wrong with a time to send at; undefined: nothing. */
export function timeProblem(at: number | undefined, now: number): string | undefined {
  if (at === undefined) return 'Choose a date and a time.'
  // The field goes by minutes.
  if (at < now - 60_000) return 'This time has passed.'
  return at > now + LIMITS.scheduledAheadMs ? 'At most a year ahead.' : undefined
}
