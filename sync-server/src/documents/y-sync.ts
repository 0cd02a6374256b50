import { equalityDeep } from 'lib0/function'
import type * as Y from 'yjs'

/** Equality of plain values as documents hold them; the order of fields does not count (jsonb gives them in an order of its own). */
export function same(a: unknown, b: unknown): boolean {
  return equalityDeep(a, b)
}

/** Makes a map hold exactly what is wanted, touching only keys that differ: every needless set would travel and leave a struct. */
export function syncMap(map: Y.Map<unknown>, wanted: ReadonlyMap<string, unknown>): void {
  for (const key of [...map.keys()]) if (!wanted.has(key)) map.delete(key)
  for (const [key, value] of wanted) if (!same(map.get(key), value)) map.set(key, value)
}

/** Makes an array hold exactly what is wanted; what slid out at the front and came in at the back costs only that. */
export function syncArray(array: Y.Array<unknown>, wanted: readonly unknown[]): void {
  const present = array.toArray()
  for (let skip = 0; skip <= present.length; skip += 1) {
    const kept = present.length - skip
    if (kept > wanted.length || present.slice(skip).some((item, index) => !same(item, wanted[index]))) continue
    if (skip > 0) array.delete(0, skip)
    if (wanted.length > kept) array.push(wanted.slice(kept))
    return
  }
}
