import { useEffect, useId, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { PlainKey } from '../i18n/words.ts'
import { complete, completionAt, type Completion, type CompletionSource } from './completions.ts'

export interface Completions {
  /** Of the source that is at work; empty: no list. */
  found: readonly Completion[]
  /** Name of the list. */
  name: PlainKey | undefined
  index: number
  listId: string
  pick(completion: Completion): void
  onSelect(): void
  /** True if the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean
  inputProps: Record<string, string | boolean>
}

interface Options {
  sources: readonly CompletionSource[]
  text: string
  input: RefObject<HTMLTextAreaElement | null>
  change(text: string): void
}

/** Completes what is typed at the caret. The focus stays in the text; arrows, Enter, Tab and Esc belong to the list while it shows. */
export function useCompletions({ sources, text, input, change }: Options): Completions {
  const listId = useId()
  const [caret, setCaret] = useState(-1)
  const [index, setIndex] = useState(0)
  const [dismissed, setDismissed] = useState<number>()
  const place = caret < 0 ? undefined : completionAt(sources, text, caret)
  const found = place === undefined || place.start === dismissed ? NONE : place.source.find(place.query)
  const chosen = Math.min(index, found.length - 1)

  const warming = place?.source
  useEffect(() => warming?.warm?.(), [warming])

  function pick(completion: Completion): void {
    if (place === undefined) return
    const next = complete(text, caret, place, completion)
    change(next.text)
    setIndex(0)
    // Until it stands behind what was inserted, nothing is completed.
    setCaret(-1)
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(next.caret, next.caret)
      setCaret(next.caret)
    })
  }

  return {
    found,
    name: place?.source.name,
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
      const completion = found[chosen]
      // The text was replaced as a whole, by a paste or a script: what was offered belongs to another place.
      if (input.current?.selectionStart !== caret) return false
      if (completion === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false
      if (event.key === 'ArrowDown') setIndex((chosen + 1) % found.length)
      else if (event.key === 'ArrowUp') setIndex((chosen + found.length - 1) % found.length)
      else if (event.key === 'Enter' || event.key === 'Tab') pick(completion)
      else if (event.key === 'Escape') setDismissed(place?.start)
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

const NONE: readonly Completion[] = []
