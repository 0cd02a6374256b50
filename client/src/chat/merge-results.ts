import type { Id } from '@chatflow/shared/ids'

/**
 * The list after `found` has come. `free`: nobody reads it yet, so it is simply what was found. Else what is shown stays where it is, and what is new
 * follows below. Where the new list begins with what is shown the two are the same.
 */
export function mergeResults<T extends { id: Id }>(shown: readonly T[], found: readonly T[], free: boolean): T[] {
  if (free || shown.every(({ id }, i) => found[i]?.id === id)) return [...found]
  const known = new Set(shown.map(({ id }) => id))
  return [...shown, ...found.filter(({ id }) => !known.has(id))]
}
