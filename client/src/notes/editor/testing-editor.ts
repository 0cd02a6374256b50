import { EditorState, TextSelection, type Plugin, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import { PadBinding } from './pad-binding.ts'
import { plainText } from './read-block.ts'

/** An editor without a screen: the state, and the binding as its only plugin. */
export class TestEditor {
  readonly doc: Y.Doc
  readonly binding: PadBinding
  state: EditorState
  #plugin: ReturnType<NonNullable<Plugin['spec']['view']>>

  constructor(doc = new Y.Doc()) {
    this.doc = doc
    this.binding = new PadBinding(doc.getXmlFragment('notes'))
    const plugin = this.binding.plugin()
    this.state = EditorState.create({ doc: this.binding.read(), plugins: [plugin] })
    // What the binding uses of a view.
    const view = Object.defineProperty({ dispatch: (tr: Transaction) => this.dispatch(tr) }, 'state', { get: () => this.state }) as unknown as EditorView
    this.#plugin = plugin.spec.view?.(view) ?? {}
    this.#view = view
  }

  readonly #view: EditorView

  dispatch(tr: Transaction): void {
    const previous = this.state
    this.state = this.state.apply(tr)
    this.#plugin.update?.(this.#view, previous)
  }

  /** Runs a command of the editor. */
  run(command: (state: EditorState, dispatch: (tr: Transaction) => void) => boolean): boolean {
    return command(this.state, (tr) => this.dispatch(tr))
  }

  select(anchor: number, head = anchor): this {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, anchor, head)))
    return this
  }

  type(text: string): this {
    this.dispatch(this.state.tr.insertText(text))
    return this
  }

  /** Lines as they are read. */
  get lines(): string[] {
    return this.binding.fragment.toArray().map((block) => plainText(block))
  }
}

/** Brings two documents to the same. */
export function exchange(a: Y.Doc, b: Y.Doc): void {
  const [toA, toB] = [Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), Y.encodeStateAsUpdate(a, Y.encodeStateVector(b))]
  Y.applyUpdate(a, toA)
  Y.applyUpdate(b, toB)
}
