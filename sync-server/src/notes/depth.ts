import { LIMITS } from '@chatflow/shared/limits'
import * as Y from 'yjs'

/**
 * True if the transaction has put an element deeper into others than notes may go. Yjs deletes an element by calling itself for what is in it, and so does whoever
 * shows it: a chain of many thousands would end them.
 */
export function isTooDeep(transaction: Y.Transaction): boolean {
  const depths = new Map<Y.AbstractType<unknown>, number>()
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0
    if (after === before) continue
    const structs = transaction.doc.store.clients.get(client) ?? []
    for (let i = Y.findIndexSS(structs, before); i < structs.length; i += 1) {
      const struct = structs[i]
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType && depthOf(struct.content.type, depths) > LIMITS.notesDepth) return true
    }
  }
  return false
}

/** How many types this one lies in. Parents come before what is in them, so it is rarely more than one step to a depth that is known. */
function depthOf(type: Y.AbstractType<unknown>, known: Map<Y.AbstractType<unknown>, number>): number {
  const path: Y.AbstractType<unknown>[] = []
  let depth = 0
  for (let at: Y.AbstractType<unknown> | null = type; at !== null; at = at.parent) {
    const found = known.get(at)
    if (found !== undefined) {
      depth = found + 1
      break
    }
    path.push(at)
    if (path.length > LIMITS.notesDepth + 1) return path.length
  }
  for (const each of path.reverse()) {
    known.set(each, depth)
    depth += 1
  }
  return depth - 1
}
