import SearchRounded from '@mui/icons-material/SearchRounded'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/contract.ts'

interface Props {
  value: string
  onChange(value: string): void
  /** Where Enter goes. */
  first: RoomView | undefined
}

/** Narrows the list of rooms; Ctrl+K (or Cmd+K) comes here, Enter opens the first one found. */
export function JumpField({ value, onChange, first }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Escape') {
      onChange('')
      event.currentTarget.blur()
    } else if (event.key === 'Enter' && first !== undefined && value.trim() !== '') {
      onChange('')
      navigate({ room: first.id })
    }
  }

  return (
    <label className="jump">
      <SearchRounded fontSize="small" aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label="Jump to"
        placeholder="Jump to…"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">{/Mac|iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
    </label>
  )
}
