import { t } from '../i18n/translate.ts'
import type { Completions } from './use-completions.ts'
import './completion-list.css'

/** What fits what is being typed. The focus stays in the composer. */
export function CompletionList({ completions }: { completions: Completions }) {
  const { found, index, listId, name, pick } = completions
  if (found.length === 0 || name === undefined) return null
  return (
    <div className="completions" role="listbox" id={listId} aria-label={t(name)}>
      {found.map((completion, i) => (
        // oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- reached through aria-activedescendant
        <div
          key={completion.key}
          id={`${listId}-${i}`}
          role="option"
          aria-selected={i === index}
          className={i === index ? 'completions-item completions-item-on' : 'completions-item'}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(completion)}
        >
          {completion.row}
        </div>
      ))}
    </div>
  )
}
