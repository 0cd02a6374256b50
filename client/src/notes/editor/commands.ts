import { toggleMark } from 'prosemirror-commands'
import type { Attrs, Node } from 'prosemirror-model'
import { TextSelection, type Command, type EditorState } from 'prosemirror-state'
import { hrefOf, MOST_INDENT, schema, type ListKind, type MarkName } from './schema.ts'
import { safeLink } from './safe-link.ts'

const { nodes, marks } = schema

/** What the blocks of the selection can be made with one button. */
export type BlockStyle = 'paragraph' | 'heading1' | 'heading2' | 'heading3' | ListKind | 'quote' | 'codeBlock'

function typeOf(style: BlockStyle): { name: string; attrs: Attrs | null } {
  if (style === 'heading1' || style === 'heading2' || style === 'heading3') return { name: 'heading', attrs: { level: Number(style.slice(-1)) } }
  if (style === 'bullet' || style === 'ordered' || style === 'task') return { name: 'item', attrs: { kind: style } }
  return { name: style, attrs: null }
}

export function styleOf(block: Node): BlockStyle | undefined {
  if (block.type === nodes.heading) return `heading${Number(block.attrs['level']) as 1 | 2 | 3}`
  if (block.type === nodes.item) return block.attrs['kind'] as ListKind
  if (block.type === nodes.paragraph || block.type === nodes.quote || block.type === nodes.codeBlock) return block.type.name as BlockStyle
  return undefined
}

/** Blocks of text that the selection touches. */
function touched({ doc, selection }: EditorState): { node: Node; at: number }[] {
  const found: { node: Node; at: number }[] = []
  doc.forEach((node, at) => {
    if (node.isTextblock && at + node.nodeSize > selection.from && at < selection.to + (selection.empty ? 1 : 0)) found.push({ node, at })
  })
  return found
}

/** Makes the blocks of the selection what the style says; where all of them are that already, paragraphs again. */
export function setStyle(style: BlockStyle): Command {
  return (state, dispatch) => {
    const blocks = touched(state)
    if (blocks.length === 0) return false
    const wanted = blocks.every(({ node }) => styleOf(node) === style) ? 'paragraph' : style
    const { name, attrs } = typeOf(wanted)
    const type = nodes[name]
    if (type === undefined) return false
    const { tr } = state
    for (const { node, at } of blocks) {
      const place = tr.mapping.map(at)
      const kept = type === nodes.item && node.type === nodes.item ? { indent: node.attrs['indent'] as number, checked: false } : {}
      if (styleOf(node) !== wanted) tr.setBlockType(place, place + node.nodeSize, type, { ...kept, ...attrs })
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** Moves the items of the selection in (1) or out (-1); an item that is as far out as can be becomes a paragraph. */
export function indent(step: 1 | -1): Command {
  return (state, dispatch) => {
    const items = touched(state).filter(({ node }) => node.type === nodes.item)
    const { tr } = state
    for (const { node, at } of items) {
      const next = (node.attrs['indent'] as number) + step
      if (next >= 0 && next <= MOST_INDENT) tr.setNodeMarkup(at, null, { ...node.attrs, indent: next })
    }
    if (!tr.docChanged) return false
    dispatch?.(tr)
    return true
  }
}

/** Enter in an item, a quote or a heading: the next one of a list; out of it where it is empty. */
export const splitOrLeave: Command = (state, dispatch) => {
  const { $from, $to, empty } = state.selection
  const block = $from.parent
  if (!$from.sameParent($to) || (block.type !== nodes.item && block.type !== nodes.quote && block.type !== nodes.heading)) return false
  if (empty && block.content.size === 0 && block.type !== nodes.heading) return outOf(state, dispatch)
  const { tr } = state
  tr.deleteSelection()
  const at = tr.selection.$from
  const atStart = at.parentOffset === 0
  const next = block.type === nodes.heading && !atStart ? { type: schema.node('paragraph').type, attrs: null } : { type: block.type, attrs: block.type === nodes.item ? { ...block.attrs, checked: false } : block.attrs }
  tr.split(at.pos, 1, [next])
  // Begun before its text, the new line is the empty one above.
  if (atStart && block.type === nodes.heading) tr.setNodeMarkup(at.before(), schema.node('paragraph').type)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Backspace at the very beginning of a block that is no paragraph: less of it, step by step. */
export const loosen: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection
  const atStart = view === undefined ? $from.parentOffset === 0 : view.endOfTextblock('backward', state)
  if (!empty || !atStart || $from.parentOffset !== 0) return false
  return outOf(state, dispatch)
}

const outOf: Command = (state, dispatch) => {
  const block = state.selection.$from.parent
  if (block.type === nodes.paragraph || !block.isTextblock) return false
  if (block.type === nodes.item && (block.attrs['indent'] as number) > 0) return indent(-1)(state, dispatch)
  dispatch?.(state.tr.setBlockType(state.selection.$from.before() + 1, undefined, schema.node('paragraph').type).scrollIntoView())
  return true
}

export const insertBreak: Command = (state, dispatch) => {
  const { parent } = state.selection.$from
  if (!parent.isTextblock) return false
  dispatch?.((parent.type.spec.code === true ? state.tr.insertText('\n') : state.tr.replaceSelectionWith(schema.node('break'))).scrollIntoView())
  return true
}

/** A line across, with a place to go on writing below. */
export const insertRule: Command = (state, dispatch) => {
  const { $from } = state.selection
  if (dispatch) {
    const { tr } = state
    const at = $from.depth === 0 ? $from.pos : $from.after(1)
    const empty = $from.depth > 0 && $from.parent.content.size === 0 && $from.parent.type === nodes.paragraph
    const start = empty ? $from.before(1) : at
    tr.replaceWith(start, at, [schema.node('rule'), schema.node('paragraph')])
    tr.setSelection(TextSelection.near(tr.doc.resolve(start + 2)))
    dispatch(tr.scrollIntoView())
  }
  return true
}

/** Checks or unchecks the task at a place of the document. */
export function setChecked(at: number, checked: boolean): Command {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(at)
    if (node?.type !== nodes.item) return false
    dispatch?.(state.tr.setNodeMarkup(at, null, { ...node.attrs, checked }))
    return true
  }
}

export function toggle(name: Exclude<MarkName, 'link'>): Command {
  return toggleMark(marks[name])
}

/** The link at the selection, whole: its address and where it reaches. */
export function linkAt({ selection, doc }: EditorState): { href: string; from: number; to: number } | undefined {
  const { $from, from, to, empty } = selection
  const linked = (node: Node | null | undefined) => (node ? marks.link.isInSet(node.marks) : undefined)
  const mark = empty ? (linked($from.nodeAfter) ?? linked($from.nodeBefore)) : linked(doc.nodeAt(from))
  if (mark === undefined) return undefined
  let [start, end] = [from, to]
  const block = $from.start()
  $from.parent.forEach((node, offset) => {
    if (linked(node)?.eq(mark) !== true) return
    const [a, b] = [block + offset, block + offset + node.nodeSize]
    if (b >= start && a <= end) [start, end] = [Math.min(start, a), Math.max(end, b)]
  })
  return { href: hrefOf(mark), from: start, to: end }
}

/** Links the selection, or the link that it is in; without either the address itself is written. Undefined: no link any more. */
export function setLink(href: string | undefined): Command {
  return (state, dispatch) => {
    const here = linkAt(state)
    const { from, to } = here ?? state.selection
    const { tr } = state
    if (href === undefined) tr.removeMark(from, to, marks.link)
    else {
      const address = safeLink(href)
      if (address === undefined) return false
      const mark = marks.link.create({ href: address })
      if (from === to) tr.replaceWith(from, to, schema.text(address.replace(/^mailto:/, ''), [mark]))
      else tr.addMark(from, to, mark)
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }
}
