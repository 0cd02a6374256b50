import type { PersonView } from '../chat/views.ts'
import { Isolated } from '../ui/Isolated.tsx'
import './typing-line.css'

/** Who is typing now. The line keeps its height, so that nothing jumps. */
export function TypingLine({ people }: { people: readonly PersonView[] }) {
  const names = people.map((person) => person.displayName)
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
            <Isolated text={typingWords(names)} names={names} />
          </span>
        </>
      )}
    </div>
  )
}

/** "A is typing", "A and B are typing", "several people are typing" */
function typingWords(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} is typing`
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`
  return 'Several people are typing'
}
