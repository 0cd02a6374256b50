import * as Y from 'yjs'
import type { NotesPad } from '../chat/notes-pad.ts'

/** A version as something to read: a document of its own, that nobody else is in. `state`: as the server gives it. Undefined for what cannot be read. */
export function versionPad(state: string): NotesPad | undefined {
  try {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Uint8Array.from(atob(state), (char) => char.charCodeAt(0)))
    return { fragment: doc.getXmlFragment('notes'), setCursor: () => undefined, peers: () => [], onPeers: () => () => undefined }
  } catch {
    return undefined
  }
}
