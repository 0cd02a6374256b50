import type { QueryProblem } from '@chatflow/shared/search/query'
import { t } from '../i18n/translate.ts'
import { FAULT_WORDS } from './search-words.ts'

/** Says what is wrong with the search, and marks the part of it. */
export function SearchFault({ id, text, fault: { at, length, reason } }: { id: string; text: string; fault: QueryProblem }) {
  return (
    <div id={id} className="search-fault" role="alert">
      <p className="search-fault-text" dir="auto">
        {text.slice(0, at)}
        <mark className="search-fault-part">{text.slice(at, at + length)}</mark>
        {text.slice(at + length)}
      </p>
      <p>{t(FAULT_WORDS[reason])}</p>
    </div>
  )
}
