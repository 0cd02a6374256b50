import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import { scopeOf } from '../sync/scope.ts'
import type { SectionName } from './sections.ts'

/** Folded until somebody unfolds them. */
const FOLDED_AT_FIRST: readonly SectionName[] = ['archived']

/** Which sections of the sidebar are folded: of this device, because a phone's list is not a desk's. */
export function useFolded(): { isFolded(section: SectionName): boolean; toggle(section: SectionName): void } {
  // Under the person's own prefix, which goes with signing out.
  const key = `${scopeOf(useMe().id)}:folded`
  const [folded, setFolded] = useState(() => read(key))
  return {
    isFolded: (section) => folded.includes(section),
    toggle: (section) => {
      const next = folded.includes(section) ? folded.filter((name) => name !== section) : [...folded, section]
      setFolded(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Without local storage it holds for this page.
      }
    },
  }
}

function read(key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : FOLDED_AT_FIRST
  } catch {
    return FOLDED_AT_FIRST
  }
}
