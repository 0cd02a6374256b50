/** The old value if the new one says the same, so that components that compare by identity do not render again. */
export function keepSame<T>(before: T | undefined, after: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after
}

/** The same for a list, item by item as well. */
export function keepSameItems<T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((item) => [item.id, item]))
  const kept = after.map((item) => keepSame(known.get(item.id), item))
  return kept.length === before.length && kept.every((item, i) => item === before[i]) ? (before as T[]) : kept
}
