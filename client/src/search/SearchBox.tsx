import CloseRounded from '@mui/icons-material/CloseRounded'
import SearchRounded from '@mui/icons-material/SearchRounded'
import IconButton from '@mui/material/IconButton'
import { LIMITS } from '@chatflow/shared/limits'
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { isStroke, KEYS } from '../app/keys.ts'
import { t } from '../i18n/translate.ts'
import { complete, completionsOf, valueAt } from './search-completions.ts'
import type { SearchCompletion } from './search-completions.ts'
import { SearchCompletions } from './SearchCompletions.tsx'
import '../ui/search-field.css'

interface Props {
  field: RefObject<HTMLInputElement | null>
  text: string
  /** Id of the sentence that says what is wrong with the text. */
  fault: string | undefined
  onChange(text: string): void
  /** Enter: it is to be searched for now. */
  onSubmit(): void
  /** Arrow down: to the results. */
  onLeave(): void
}

/** A room before what is typed, as a filter, takes some of the length that a search may have. */
const LONGEST = LIMITS.searchQuery - 50

/** The field of the search. People, rooms and other values of filters are completed below it. */
export function SearchBox({ field, text, fault, onChange, onSubmit, onLeave }: Props) {
  const listId = useId()
  const { knownPeople } = useActions()
  const { rooms, user, members } = useChatState((state) => ({ rooms: state.rooms, user: state.user, members: state.timeline?.members }))
  const [caret, setCaret] = useState(text.length)
  /** What was completed, or put away with Esc: not offered again until something else is typed. */
  const [closedAt, setClosedAt] = useState<string>()
  const [moved, setMoved] = useState(0)
  const [focused, setFocused] = useState(false)
  const value = useMemo(() => (focused && closedAt !== text ? valueAt(text, caret) : undefined), [focused, closedAt, text, caret])
  const people = useMemo(() => {
    if (value?.operator !== 'from') return []
    const known = new Map([...(members ?? []), ...knownPeople()].map((person) => [person.id, person]))
    return [...known.values()].filter(({ id }) => id !== user?.id)
  }, [value?.operator, members, knownPeople, user?.id])
  const found = useMemo(() => (value === undefined ? [] : completionsOf(value, people, rooms)), [value, people, rooms])
  const index = Math.min(moved, found.length - 1)
  const place = useRef<number>(undefined)
  useLayoutEffect(() => {
    if (place.current === undefined) return
    field.current?.setSelectionRange(place.current, place.current)
    place.current = undefined
  })

  function pick(completion: SearchCompletion): void {
    if (value === undefined) return
    const next = complete(text, caret, value, completion)
    place.current = next.caret
    setCaret(next.caret)
    setClosedAt(next.text)
    onChange(next.text)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    // Whoever presses it here means the browser's own.
    if (isStroke(event.nativeEvent, KEYS.search)) return event.stopPropagation()
    const chosen = found[index]
    if (event.key === 'ArrowDown' && chosen !== undefined) setMoved((index + 1) % found.length)
    else if (event.key === 'ArrowUp' && chosen !== undefined) setMoved((index + found.length - 1) % found.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined && !event.shiftKey) pick(chosen)
    else if (event.key === 'Escape' && chosen !== undefined) setClosedAt(text)
    else if (event.key === 'ArrowDown') onLeave()
    else if (event.key === 'Enter') onSubmit()
    else return
    event.preventDefault()
  }

  return (
    <div className="search-box">
      <div className="search-field">
        <SearchRounded fontSize="small" aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label={t('search.search')}
          placeholder={t('search.placeholder')}
          aria-autocomplete="list"
          aria-controls={found.length > 0 ? listId : undefined}
          aria-activedescendant={found.length > 0 ? `${listId}-${index}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={LONGEST}
          value={text}
          onChange={(event) => {
            setCaret(event.target.selectionStart ?? event.target.value.length)
            setMoved(0)
            setClosedAt(undefined)
            onChange(event.target.value)
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? text.length)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
        />
        {text !== '' && (
          <IconButton
            size="small"
            aria-label={t('search.clear')}
            onClick={() => {
              onChange('')
              field.current?.focus()
            }}
          >
            <CloseRounded fontSize="small" />
          </IconButton>
        )}
      </div>
      <SearchCompletions id={listId} found={found} index={index} onPick={pick} />
    </div>
  )
}
