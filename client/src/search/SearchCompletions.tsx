import { t } from '../i18n/translate.ts'
import { RoomSign } from '../rooms/RoomSign.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import type { SearchCompletion } from './search-completions.ts'

interface Props {
  id: string
  found: readonly SearchCompletion[]
  index: number
  onPick(completion: SearchCompletion): void
}

/** What can stand behind `from:` and the like. The focus stays in the field. */
export function SearchCompletions({ id, found, index, onPick }: Props) {
  return (
    <>
      {found.length > 0 && (
        <div className="search-completions" role="listbox" id={id} aria-label={t('search.completions')}>
          {found.map((completion, i) => (
            // oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- reached through aria-activedescendant
            <div
              key={completion.value}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === index}
              className={i === index ? 'search-completion search-completion-on' : 'search-completion'}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(completion)}
            >
              <Row completion={completion} />
            </div>
          ))}
        </div>
      )}
      <span className="sr-only" role="status">
        {found.length > 0 && t('search.completionsFound', { count: found.length })}
      </span>
    </>
  )
}

function Row({ completion: { value, what } }: { completion: SearchCompletion }) {
  switch (what.kind) {
    case 'person':
      return (
        <>
          <PersonAvatar id={what.person.id} name={what.person.displayName} avatar={what.person.avatar} size={24} />
          <bdi className="ellipsis">{what.person.displayName}</bdi>
          <span className="text-3 ellipsis">@{value}</span>
        </>
      )
    case 'room':
      return (
        <>
          <RoomSign room={what.room} size={24} />
          <bdi className="ellipsis">{what.room.name}</bdi>
        </>
      )
    case 'word':
      return (
        <>
          <code>{value}</code>
          <span className="text-3 ellipsis">{t(what.word)}</span>
        </>
      )
  }
}
