import type { QueryFault } from '@chatflow/shared/search/query'
import type { PlainKey } from '../i18n/words.ts'

/** What is wrong with a search, as a sentence. */
export const FAULT_WORDS: Readonly<Record<QueryFault, PlainKey>> = {
  empty: 'search.faultEmpty',
  too_long: 'search.faultTooLong',
  too_many_terms: 'search.faultTooMany',
  quote_open: 'search.faultQuoteOpen',
  value_missing: 'search.faultValueMissing',
  date_invalid: 'search.faultDate',
  has_unknown: 'search.faultHas',
  cannot_be_negated: 'search.faultNegated',
  only_negations: 'search.faultOnlyNegations',
  person_unknown: 'search.faultPerson',
  room_unknown: 'search.faultRoom',
}
