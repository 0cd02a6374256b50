import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import type { Mentions } from './use-mentions.ts'

/** The people whose names fit what is being typed after `@`. The focus stays in the composer. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  if (mentions.found.length === 0) return null
  return (
    <div className="mentions" role="listbox" id={mentions.listId} aria-label="People">
      {mentions.found.map((person, i) => (
        // oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- reached through aria-activedescendant
        <div
          key={person.id}
          id={`${mentions.listId}-${i}`}
          role="option"
          aria-selected={i === mentions.index}
          className={i === mentions.index ? 'mentions-item mentions-item-on' : 'mentions-item'}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => mentions.pick(person)}
        >
          <PersonAvatar id={person.id} name={person.displayName} avatar={person.avatar} size={24} />
          <span className="mentions-name">{person.displayName}</span>
          <span className="text-3">@{person.username}</span>
        </div>
      ))}
    </div>
  )
}
