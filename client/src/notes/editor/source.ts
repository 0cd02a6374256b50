/**
 * What a node of the editor stands for in the shared document, as a function that answers it: the editor compares attributes of nodes value by value,
 * which would go through the whole document behind a shared type.
 */
const HANDLES = new WeakMap<object, () => unknown>()

/** The same source always has the same handle. */
export function handleOf(source: unknown): unknown {
  if (typeof source !== 'object' || source === null) return source
  const known = HANDLES.get(source)
  if (known !== undefined) return known
  const handle = () => source
  HANDLES.set(source, handle)
  return handle
}

export function sourceOf(handle: unknown): unknown {
  return typeof handle === 'function' ? (handle as () => unknown)() : handle
}
