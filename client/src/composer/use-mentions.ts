import { useId, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { PersonView } from '../chat/contract.ts'
import { mentionAt } from './composing-text.ts'

const SHOWN = 6

export interface Mentions {
  found: PersonView[]
  index: number
  listId: string
  pick(person: PersonView): void
  onSelect(): void
  /** True if the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean
  inputProps: Record<string, string | boolean>
}

/** Completes `@name` at the caret from the room's members. */
export function useMentions(people: readonly PersonView[], text: string, input: RefObject<HTMLTextAreaElement | null>, change: (text: string) => void): Mentions {
  const listId = useId()
  const [caret, setCaret] = useState(-1)
  const [index, setIndex] = useState(0)
  const [dismissed, setDismissed] = useState<number>()
  const at = caret < 0 ? undefined : mentionAt(text, caret)
  const open = at !== undefined && at.start !== dismissed
  const found = open ? find(people, at.query) : []
  const chosen = Math.min(index, found.length - 1)

  function pick(person: PersonView): void {
    if (at === undefined) return
    const after = text.slice(caret)
    const inserted = `${person.username}${after.startsWith(' ') ? '' : ' '}`
    change(text.slice(0, at.start) + inserted + after)
    setIndex(0)
    const end = at.start + person.username.length + 1
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(end, end)
      setCaret(end)
    })
  }

  return {
    found,
    index: chosen,
    listId,
    pick,
    onSelect: () => {
      const element = input.current
      const next = element !== null && element.selectionStart === element.selectionEnd ? element.selectionStart : -1
      if (next !== caret) setIndex(0)
      setCaret(next)
    },
    onKeyDown: (event) => {
      const person = found[chosen]
      if (person === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false
      if (event.key === 'ArrowDown') setIndex((chosen + 1) % found.length)
      else if (event.key === 'ArrowUp') setIndex((chosen + found.length - 1) % found.length)
      else if (event.key === 'Enter' || event.key === 'Tab') pick(person)
      else if (event.key === 'Escape') setDismissed(at?.start)
      else return false
      event.preventDefault()
      return true
    },
    inputProps:
      found.length === 0
        ? { 'aria-autocomplete': 'list' }
        : { 'aria-autocomplete': 'list', 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen}` },
  }
}

/** Names that begin with the query come before those that hold it. An exact username needs no help. */
function find(all: readonly PersonView[], query: string): PersonView[] {
  // Whose account is gone cannot be mentioned.
  const people = all.filter((person) => person.username !== '')
  if (people.some((person) => person.username.toLowerCase() === query)) return []
  const begins = (person: PersonView) => person.username.toLowerCase().startsWith(query) || person.displayName.toLowerCase().startsWith(query)
  const holds = (person: PersonView) => `${person.username} ${person.displayName}`.toLowerCase().includes(query)
  return [...people.filter(begins), ...people.filter((person) => !begins(person) && holds(person))].slice(0, SHOWN)
}
