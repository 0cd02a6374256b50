import type { ReactNode } from 'react'
import type { PersonView } from '../chat/views.ts'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import './typing-line.css'

/** Who is typing now. The line keeps its height, so that nothing jumps. */
export function TypingLine({ people }: { people: readonly PersonView[] }) {
  return (
    <div className="typing" aria-live="polite">
      {people.length > 0 && (
        <>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className="ellipsis">
            {typingWords(people)}
          </span>
        </>
      )}
    </div>
  )
}

/** "A is typing", "A and B are typing", "several people are typing" */
function typingWords(people: readonly PersonView[]): ReactNode {
  const [first, second] = people.map(({ id, displayName }) => <bdi key={id}>{displayName}</bdi>)
  if (people.length === 1) return rich('timeline.typingOne', { first })
  if (people.length === 2) return rich('timeline.typingTwo', { first, second })
  return t('timeline.typingSeveral')
}
