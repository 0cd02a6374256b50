import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'

/**
 * Places in the editor and in the shared document. Blocks stand in the same order on both sides, and a place in a block's text is counted the same;
 * a shared place stays with the characters around it, whatever others write.
 */
export type SharedPlace = Y.RelativePosition

/** Undefined where there is no text that the place could stay with. */
export function toShared(fragment: Y.XmlFragment, doc: Node, position: number): SharedPlace | undefined {
  const at = doc.resolve(position)
  if (at.depth === 0) return undefined
  const text = textAt(fragment, at.index(0))
  if (text === undefined || at.parentOffset > text.length) return undefined
  // At the end of a text it stays at the end of what is written there next.
  return Y.createRelativePositionFromTypeIndex(text, at.parentOffset, at.parentOffset === 0 ? 0 : -1)
}

/** Undefined where the block is gone, or was never here: it may come from anybody. */
export function fromShared(fragment: Y.XmlFragment, doc: Node, place: SharedPlace): number | undefined {
  if (fragment.doc === null) return undefined
  const found = absolute(place, fragment.doc)
  if (found === undefined || !(found.type instanceof Y.XmlText)) return undefined
  const block = found.type.parent
  if (!(block instanceof Y.XmlElement) || block.parent !== fragment) return undefined
  const index = indexOf(fragment, block)
  if (index === undefined || index >= doc.childCount) return undefined
  const node = doc.child(index)
  if (!node.isTextblock) return undefined
  let position = 0
  for (let i = 0; i < index; i += 1) position += doc.child(i).nodeSize
  return position + 1 + Math.min(found.index, node.content.size)
}

function textAt(fragment: Y.XmlFragment, index: number): Y.XmlText | undefined {
  if (index >= fragment.length) return undefined
  const block: unknown = fragment.get(index)
  const text: unknown = block instanceof Y.XmlElement && block.length === 1 ? block.get(0) : undefined
  return text instanceof Y.XmlText ? text : undefined
}

function indexOf(fragment: Y.XmlFragment, block: Y.XmlElement): number | undefined {
  const index = fragment.toArray().indexOf(block)
  return index < 0 ? undefined : index
}

/** Undefined for what leads nowhere: places come from others, too. */
function absolute(place: SharedPlace, doc: Y.Doc): Y.AbsolutePosition | undefined {
  try {
    return Y.createAbsolutePositionFromRelativePosition(place, doc) ?? undefined
  } catch {
    return undefined
  }
}

/** As it travels with the presence of a person. */
export function placeToJson(place: SharedPlace): unknown {
  return Y.relativePositionToJSON(place)
}

interface JsonId {
  client: number
  clock: number
}

/** Undefined for what is no place in a text: it comes from others. */
export function placeFromJson(json: unknown): SharedPlace | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const { item, type, assoc } = json as Record<string, unknown>
  if (!isId(item) && !isId(type)) return undefined
  return Y.createRelativePositionFromJSON({ ...(isId(item) ? { item } : {}), ...(isId(type) ? { type } : {}), ...(typeof assoc === 'number' ? { assoc } : {}) })
}

function isId(value: unknown): value is JsonId {
  const { client, clock } = (value ?? {}) as Partial<JsonId>
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock)
}
