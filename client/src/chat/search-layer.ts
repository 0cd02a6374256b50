import type { Id } from '@chatflow/shared/ids'
import type { SearchDocument } from '../sync/search/search-document.ts'
import type { SearchLayer } from '../sync/search/engine-messages.ts'
import type { Overlay } from './overlay.ts'

/** Own messages and changes that the replicas do not show yet, as a search sees them. `me`: who wrote them. */
export function searchLayer(overlay: Overlay, me: Id): SearchLayer {
  const layer: SearchLayer = { documents: [], changes: [] }
  for (const [room, { pending, messages }] of overlay.rooms) {
    const waiting = new Set<Id>()
    for (const { id, command, enteredAt } of pending) {
      if (command.type !== 'message.send') continue
      waiting.add(id)
      const over = messages.get(id)
      if (over?.deleted === true) continue
      const document: SearchDocument = { id, room, by: me, at: enteredAt, text: over?.text ?? command.text, files: (command.files?.length ?? 0) > 0, reacted: false, pinned: over?.pinned === true, thread: false }
      layer.documents.push(document)
    }
    for (const [id, { text, pinned, deleted }] of messages) {
      if (waiting.has(id) || (text === undefined && pinned === undefined && deleted !== true)) continue
      layer.changes.push({ id, ...(text === undefined ? {} : { text }), ...(pinned === undefined ? {} : { pinned }), ...(deleted === true ? { deleted } : {}) })
    }
  }
  return layer
}
