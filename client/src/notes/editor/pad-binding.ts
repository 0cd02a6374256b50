import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import { fromShared, toShared, type SharedPlace } from './positions.ts'
import { readBlock } from './read-block.ts'
import { schema } from './schema.ts'
import { writeBlocks } from './write-blocks.ts'

const KEY = new PluginKey('pad')
/** Milliseconds of typing that are undone together. */
const UNDO_TOGETHER = 500
const SELECTION = 'selection'

/** Where the person's own selection is, for others and for what comes from them. */
export interface SharedSelection {
  anchor: SharedPlace | undefined
  head: SharedPlace | undefined
}

/**
 * Keeps an editor and the fragment of a shared document the same. What is typed goes into the fragment at once, what comes into the fragment
 * from elsewhere into the editor, block by block, with the selection staying by its characters. Only this is what `undo` takes back.
 */
export class PadBinding {
  readonly fragment: Y.XmlFragment
  readonly undoManager: Y.UndoManager
  #view: EditorView | undefined
  /** What each child of the fragment reads as. */
  #nodes = new Map<unknown, Node>()
  #selection: SharedSelection | undefined
  #applying = false

  constructor(fragment: Y.XmlFragment) {
    this.fragment = fragment
    this.undoManager = new Y.UndoManager(fragment, { trackedOrigins: new Set([this]), captureTimeout: UNDO_TOGETHER, deleteFilter: (item) => !holdsOthers(item) })
    this.undoManager.on('stack-item-added', ({ stackItem }) => {
      if (!stackItem.meta.has(SELECTION)) stackItem.meta.set(SELECTION, this.#selection)
    })
    this.undoManager.on('stack-item-popped', ({ stackItem }) => this.#select(stackItem.meta.get(SELECTION) as SharedSelection | undefined))
  }

  /** The document to begin an editor with. */
  read(): Node {
    const nodes = this.#read(new Set())
    return schema.node('doc', null, nodes.length === 0 ? [schema.node('paragraph')] : nodes)
  }

  plugin(): Plugin {
    return new Plugin({
      key: KEY,
      view: (view) => {
        this.#view = view
        const changed = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => this.#changed(events, transaction)
        this.fragment.observeDeep(changed)
        // Something may have come between the reading and now.
        this.#show()
        return {
          update: (_view, previous) => {
            this.#written(previous)
            this.#keepSelection()
          },
          destroy: () => {
            this.fragment.unobserveDeep(changed)
            this.#view = undefined
          },
        }
      },
    })
  }

  /** Undefined while no editor shows it. */
  get selection(): SharedSelection | undefined {
    return this.#selection
  }

  destroy(): void {
    this.undoManager.destroy()
  }

  undo(): boolean {
    return this.undoManager.undo() !== null
  }

  redo(): boolean {
    return this.undoManager.redo() !== null
  }

  /** The editor has a new state: what differs was typed here. */
  #written(previous: EditorState): void {
    const view = this.#view
    if (view === undefined || this.#applying || view.state.doc === previous.doc) return
    const before = this.#read(new Set())
    const after = childrenOf(view.state.doc)
    if (before.length === 0 && isEmpty(view.state.doc)) return
    this.fragment.doc?.transact(() => writeBlocks(this.fragment, before, after), this)
    // What is equal is taken as it is in the editor: the next look finds it by a glance.
    const children = this.fragment.toArray()
    if (children.length === after.length) {
      children.forEach((child, i) => {
        const node = after[i]
        if (node !== undefined && this.#nodes.get(child)?.eq(node) === true) this.#nodes.set(child, node)
      })
    }
    // Not everything that an editor can make can be told apart in the document: the document decides.
    this.#show()
  }

  #changed(events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void {
    const touched = new Set<unknown>()
    for (const { target } of events) {
      let type: Y.AbstractType<unknown> | null = target
      while (type !== null && type.parent !== this.fragment) type = type.parent as Y.AbstractType<unknown> | null
      if (type !== null) touched.add(type)
    }
    this.#read(touched)
    if (transaction.origin !== this) this.#show(this.#selection)
  }

  #read(touched: ReadonlySet<unknown>): Node[] {
    const nodes = new Map<unknown, Node>()
    for (const child of this.fragment.toArray() as unknown[]) nodes.set(child, (touched.has(child) ? undefined : this.#nodes.get(child)) ?? readBlock(child))
    this.#nodes = nodes
    return [...nodes.values()]
  }

  /** Brings the editor to what the fragment says, changing as little as can be. */
  #show(selection?: SharedSelection): void {
    const view = this.#view
    if (view === undefined) return
    const nodes = [...this.#read(new Set())]
    const wanted = nodes.length === 0 ? [schema.node('paragraph')] : nodes
    if (nodes.length === 0 && isEmpty(view.state.doc)) return
    const { tr } = view.state
    if (!replaceChildren(tr, wanted)) return
    const { anchor, head } = this.#placesOf(tr.doc, selection)
    if (anchor !== undefined && head !== undefined) tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)))
    this.#applying = true
    try {
      view.dispatch(tr.setMeta(KEY, true).setMeta('addToHistory', false))
    } finally {
      this.#applying = false
    }
  }

  /** Only here are editor and fragment the same for certain. */
  #keepSelection(): void {
    if (this.#view === undefined) return
    const { doc, selection } = this.#view.state
    this.#selection = { anchor: toShared(this.fragment, doc, selection.anchor), head: toShared(this.fragment, doc, selection.head) }
  }

  #placesOf(doc: Node, selection: SharedSelection | undefined): { anchor?: number | undefined; head?: number | undefined } {
    if (selection?.anchor === undefined || selection.head === undefined) return {}
    return { anchor: fromShared(this.fragment, doc, selection.anchor), head: fromShared(this.fragment, doc, selection.head) }
  }

  #select(selection: SharedSelection | undefined): void {
    const view = this.#view
    if (view === undefined) return
    const { anchor, head } = this.#placesOf(view.state.doc, selection)
    if (anchor === undefined || head === undefined) return
    view.dispatch(view.state.tr.setSelection(TextSelection.between(view.state.doc.resolve(anchor), view.state.doc.resolve(head))).scrollIntoView())
  }
}

/** A block in which somebody else has written stays when the making of it is undone. */
function holdsOthers({ id, content }: Y.Item): boolean {
  return content instanceof Y.ContentType && writers(content.type).some((client) => client !== id.client)
}

function writers(type: Y.AbstractType<unknown>): number[] {
  const found: number[] = []
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    found.push(item.id.client)
    if (item.content instanceof Y.ContentType) found.push(...writers(item.content.type))
  }
  return found
}

function childrenOf(doc: Node): Node[] {
  return Array.from({ length: doc.childCount }, (_, i) => doc.child(i))
}

/** As a pad is before anybody has written in it. */
function isEmpty(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.content.size === 0
}

/** False: there was nothing to change. */
function replaceChildren(tr: Transaction, wanted: readonly Node[]): boolean {
  const { doc } = tr
  let start = 0
  let from = 0
  while (start < doc.childCount && start < wanted.length && same(doc.child(start), wanted[start])) {
    from += doc.child(start).nodeSize
    start += 1
  }
  let end = 0
  let to = doc.content.size
  while (end < doc.childCount - start && end < wanted.length - start && same(doc.child(doc.childCount - 1 - end), wanted[wanted.length - 1 - end])) {
    to -= doc.child(doc.childCount - 1 - end).nodeSize
    end += 1
  }
  const nodes = wanted.slice(start, wanted.length - end)
  if (from === to && nodes.length === 0) return false
  const [only] = nodes
  const old = doc.childCount - start - end === 1 ? doc.child(start) : undefined
  if (nodes.length === 1 && only !== undefined && old !== undefined && only.isTextblock && old.type === only.type) replaceText(tr, from, old, only)
  else tr.replaceWith(from, to, nodes)
  return true
}

function same(a: Node, b: Node | undefined): boolean {
  return b !== undefined && (a === b || a.eq(b))
}

/** Within one block, so that what is being typed in it (by an input method, say) is not disturbed more than needed. */
function replaceText(tr: Transaction, at: number, old: Node, wanted: Node): void {
  if (!old.sameMarkup(wanted)) tr.setNodeMarkup(at, null, wanted.attrs)
  const from = old.content.findDiffStart(wanted.content)
  const to = old.content.findDiffEnd(wanted.content)
  if (from === null || to === null) return
  const overlap = Math.max(0, from - Math.min(to.a, to.b))
  tr.replaceWith(at + 1 + from, at + 1 + to.a + overlap, wanted.content.cut(from, to.b + overlap))
}

