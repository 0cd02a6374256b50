import type { Id } from '@chatflow/shared/ids'
import { scopeOf } from '../sync/scope.ts'

const KEPT = 8

/** What the person has searched for on this device, the last one first. Under the person's own prefix, which goes with signing out. */
export function recentSearches(user: Id): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(user)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string') : []
  } catch {
    // Damaged, or no local storage: there are none.
    return []
  }
}

export function rememberSearch(user: Id, text: string): void {
  const typed = text.trim()
  if (typed !== '') keep(user, [typed, ...recentSearches(user).filter((other) => other !== typed)].slice(0, KEPT))
}

export function forgetSearch(user: Id, text: string): void {
  keep(user, recentSearches(user).filter((other) => other !== text))
}

function keep(user: Id, searches: readonly string[]): void {
  try {
    localStorage.setItem(keyOf(user), JSON.stringify(searches))
  } catch {
    // Without local storage there are none.
  }
}

const keyOf = (user: Id) => `${scopeOf(user)}:recent-searches`
