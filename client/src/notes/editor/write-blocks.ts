import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { BLOCK, sharedAttributes } from './read-block.ts'
import { sourceOf } from './source.ts'
import { runsOfNode } from './text-runs.ts'
import { writeText } from './write-text.ts'

/**
 * Makes the shared fragment, whose children read as `before`, read as `after`. Blocks that are equal at the beginning and the end are left alone;
 * the others become, one by one, what stands in their place: by attributes and by what differs in their text.
 */
export function writeBlocks(fragment: Y.XmlFragment, before: readonly Node[], after: readonly Node[]): void {
  let start = 0
  while (start < before.length && start < after.length && same(before[start], after[start])) start += 1
  let end = 0
  while (end < before.length - start && end < after.length - start && same(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1
  const old = before.slice(start, before.length - end)
  const now = after.slice(start, after.length - end)
  const kept = Math.min(old.length, now.length)
  // Made before anything goes: what is moved is copied from where it was.
  const moved = new Map(now.slice(0, kept).flatMap((node, i) => (node.type.name === 'unknownBlock' && !same(old[i], node) ? [[node, makeBlock(node)] as const] : [])))
  const added = now.slice(kept).map(makeBlock)
  for (let i = 0; i < kept; i += 1) {
    const [was, is] = [old[i], now[i]]
    if (was !== undefined && is !== undefined && !same(was, is)) change(fragment, start + i, was, is, moved.get(is))
  }
  if (added.length > 0) fragment.insert(start + kept, added)
  if (old.length > kept) fragment.delete(start + kept + added.length, old.length - kept)
}

function same(a: Node | undefined, b: Node | undefined): boolean {
  return a !== undefined && b !== undefined && (a === b || a.eq(b))
}

/** `made`: the block that stands there from now on, where it has been made already. */
function change(fragment: Y.XmlFragment, at: number, was: Node, is: Node, made: Y.XmlElement | Y.XmlText | undefined): void {
  const element = fragment.get(at)
  const text: unknown = element instanceof Y.XmlElement ? element.get(0) : undefined
  if (!(element instanceof Y.XmlElement) || !(text instanceof Y.XmlText) || element.nodeName !== BLOCK || was.type.name === 'unknownBlock' || made !== undefined) {
    fragment.insert(at, [made ?? makeBlock(is)])
    fragment.delete(at + 1, 1)
    return
  }
  const [old, now] = [sharedAttributes(was), sharedAttributes(is)]
  for (const name of Object.keys(old)) if (!(name in now)) element.removeAttribute(name)
  // The types of the library know texts only; what it stores is any plain value.
  for (const [name, value] of Object.entries(now)) if (old[name] !== value) element.setAttribute(name, value as string)
  writeText(text, runsOfNode(was), runsOfNode(is))
}

/** A block of the shared document, not in it yet. */
function makeBlock(node: Node): Y.XmlElement | Y.XmlText {
  const source = sourceOf(node.attrs['source'])
  if (node.type.name === 'unknownBlock' && (source instanceof Y.XmlElement || source instanceof Y.XmlText)) return source.clone() as Y.XmlElement | Y.XmlText
  const element = new Y.XmlElement(BLOCK)
  for (const [name, value] of Object.entries(sharedAttributes(node))) element.setAttribute(name, value as string)
  const text = new Y.XmlText()
  writeText(text, [], runsOfNode(node))
  // Always one, so that two people who begin in the same block write in the same text.
  element.insert(0, [text])
  return element
}
