import * as Y from 'yjs'

/** One stored part of notes. `n`: 0 for the compacted state, else the number of the increment. */
export interface Part {
  n: number
  bytes: Uint8Array
}

export interface Assembled {
  state: Uint8Array
  /** What could not be read and is not in it. */
  bad: number[]
}

/**
 * The notes that these parts make, the state first and the increments in their order. A part that Yjs cannot read is left out, and so is what depends on it.
 * Undefined if the whole cannot be read again although each part could.
 */
export function assemble(parts: readonly Part[]): Assembled | undefined {
  const good: Part[] = []
  const bad: number[] = []
  let doc = new Y.Doc()
  for (const part of parts) {
    try {
      Y.applyUpdate(doc, part.bytes)
      good.push(part)
    } catch {
      bad.push(part.n)
      // An update that fails half way leaves its first half.
      doc.destroy()
      doc = docOf(good)
    }
  }
  dropWaiting(doc)
  const state = tryTo(() => Y.encodeStateAsUpdate(doc))
  doc.destroy()
  return state !== undefined && isReadable(state) ? { state, bad } : undefined
}

/** True for a state that can be loaded, with nothing in it that waits for what is not there. */
export function isReadable(state: Uint8Array): boolean {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, state)
    Y.encodeStateVector(doc)
    return doc.store.pendingStructs === null && doc.store.pendingDs === null
  } catch {
    return false
  } finally {
    doc.destroy()
  }
}

/** Takes out what waits for predecessors: it is in no increment, and readers have no use for it. */
export function dropWaiting(doc: Y.Doc): void {
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
}

function docOf(parts: readonly Part[]): Y.Doc {
  const doc = new Y.Doc()
  for (const { bytes } of parts) Y.applyUpdate(doc, bytes)
  return doc
}

function tryTo<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
