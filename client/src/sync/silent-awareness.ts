import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'

/** Awareness that says nothing until presence gives it something to say. */
export function silentAwareness(doc: Y.Doc): Awareness {
  const awareness = new Awareness(doc)
  awareness.setLocalState(null)
  return awareness
}
