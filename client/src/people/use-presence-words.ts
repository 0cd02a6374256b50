import type { PersonView } from '../chat/views.ts'
import { useMinute } from '../ui/use-minute.ts'
import { presenceWords } from './presence-words.ts'

/** The same as `presenceWords`, and again each minute. */
export function usePresenceWords(person: Pick<PersonView, 'presence' | 'lastSeen'> | undefined): string | undefined {
  const now = useMinute(person?.presence === undefined && person?.lastSeen !== undefined)
  return person && presenceWords(person, now)
}
