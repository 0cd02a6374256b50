import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView, type NodeView } from 'prosemirror-view'
import { setChecked } from './commands.ts'
import { schema } from './schema.ts'

/** A task: a box to tick and its text. Other items are drawn as the schema says. */
class TaskView implements NodeView {
  readonly dom = document.createElement('ul')
  readonly contentDOM = document.createElement('div')
  readonly #box = document.createElement('input')

  constructor(node: Node, view: EditorView, position: () => number | undefined, label: () => string) {
    const item = document.createElement('li')
    const frame = document.createElement('span')
    frame.className = 'note-box'
    frame.contentEditable = 'false'
    this.#box.type = 'checkbox'
    this.#box.addEventListener('change', () => {
      const at = position()
      if (at === undefined || !view.editable || !setChecked(at, this.#box.checked)(view.state, view.dispatch)) this.#box.checked = !this.#box.checked
    })
    this.#box.setAttribute('aria-label', label())
    this.contentDOM.className = 'note-task-text'
    frame.append(this.#box)
    item.append(frame, this.contentDOM)
    this.dom.append(item)
    this.#draw(node, view)
    this.#view = view
  }

  readonly #view: EditorView

  update(node: Node): boolean {
    if (node.type !== schema.nodes.item || node.attrs['kind'] !== 'task') return false
    this.#draw(node, this.#view)
    return true
  }

  stopEvent(event: Event): boolean {
    return event.target === this.#box
  }

  ignoreMutation(mutation: { target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target)
  }

  #draw({ attrs }: Node, view: EditorView): void {
    const checked = attrs['checked'] === true
    this.dom.className = ['note-list', 'note-task', `note-indent-${Number(attrs['indent'])}`, ...(checked ? ['note-done'] : [])].join(' ')
    this.#box.checked = checked
    this.#box.disabled = !view.editable
  }
}

/** `label`: what a box is called by those who cannot see the text beside it. */
export function itemViews(label: () => string): Plugin {
  return new Plugin({
    props: {
      nodeViews: {
        // Undefined lets the editor draw it itself, which its types do not say.
        item: (node, view, position) => (node.attrs['kind'] === 'task' ? new TaskView(node, view, position, label) : (undefined as unknown as NodeView)),
      },
    },
  })
}

/** Numbers of ordered items: each is a list of its own, which begins with its number. */
export function orderedNumbers(): Plugin<DecorationSet> {
  const plugin: Plugin<DecorationSet> = new Plugin({
    state: {
      init: (_config, { doc }) => numbersOf(doc),
      apply: (tr, before) => (tr.docChanged ? numbersOf(tr.doc) : before),
    },
    props: { decorations: (state) => plugin.getState(state) },
  })
  return plugin
}

/** A list goes on through items that are further in, and ends with anything else. */
function numbersOf(doc: Node): DecorationSet {
  const counts: number[] = []
  const decorations: Decoration[] = []
  doc.forEach((node, at) => {
    if (node.type !== schema.nodes.item) {
      counts.length = 0
      return
    }
    const indent = Number(node.attrs['indent'])
    counts.length = Math.min(counts.length, indent + 1)
    if (node.attrs['kind'] !== 'ordered') {
      counts.length = Math.min(counts.length, indent)
      return
    }
    while (counts.length <= indent) counts.push(0)
    const number = (counts[indent] ?? 0) + 1
    counts[indent] = number
    if (number > 1) decorations.push(Decoration.node(at, at + node.nodeSize, { start: String(number) }))
  })
  return DecorationSet.create(doc, decorations)
}
