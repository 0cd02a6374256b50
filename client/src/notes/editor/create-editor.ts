import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import { Slice } from 'prosemirror-model'
import { EditorState, Plugin, type Command } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { NotesPad } from '../../chat/notes-pad.ts'
import { linkAt, styleOf, type BlockStyle } from './commands.ts'
import { cursors } from './cursors.ts'
import { markdownRules } from './input-rules.ts'
import { itemViews, orderedNumbers } from './item-view.ts'
import { padKeys } from './keymap.ts'
import { PadBinding } from './pad-binding.ts'
import { plainHtml } from './pasted-html.ts'
import { safeLink } from './safe-link.ts'
import { MARK_NAMES, schema, type MarkName } from './schema.ts'

/** Characters that one paste or drop may bring: more could not be sent in one piece. */
const MOST_PASTED = 200_000

/** What the buttons above the text show. */
export interface EditorLook {
  style: BlockStyle | undefined
  marks: readonly MarkName[]
  /** Address of the link that the selection is in. */
  link: string | undefined
  canUndo: boolean
  canRedo: boolean
  /** The selection is in a list, so that it can be moved in and out. */
  inList: boolean
  empty: boolean
}

export interface EditorOptions {
  place: HTMLElement
  pad: NotesPad
  /** For as long as the editor lives. */
  editable: boolean
  /** Its name for assistive technology. */
  label: string
  boxLabel(): string
  onLook(look: EditorLook): void
  askLink(): void
  /** Somebody brought more than can be taken in at once. */
  onTooMuch(): void
}

export interface PadEditor {
  run(command: Command): void
  undo(): void
  redo(): void
  focus(): void
  destroy(): void
}

/** An editor over a pad, in a place of the page. */
export function createEditor(options: EditorOptions): PadEditor {
  const { pad, editable, onLook } = options
  const binding = new PadBinding(pad.fragment)
  let known = ''
  const tellLook = (state: EditorState) => {
    const look = lookOf(state, binding)
    const said = JSON.stringify(look)
    if (said !== known) onLook(look)
    known = said
  }
  const view = new EditorView(
    { mount: options.place },
    {
      state: EditorState.create({
        doc: binding.read(),
        plugins: [
          binding.plugin(),
          markdownRules(),
          ...padKeys(binding, options.askLink),
          itemViews(options.boxLabel),
          orderedNumbers(),
          cursors(binding, pad),
          dropCursor({ class: 'note-drop', color: false, width: 2 }),
          gapCursor(),
          new Plugin({ view: () => ({ update: ({ state }) => tellLook(state) }) }),
        ],
      }),
      editable: () => editable,
      attributes: { class: 'note-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': options.label, 'aria-readonly': String(!editable), tabindex: '0', spellcheck: 'true' },
      transformPastedHTML: plainHtml,
      transformPasted: (slice) => {
        if (slice.content.size <= MOST_PASTED) return slice
        options.onTooMuch()
        return Slice.empty
      },
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n', (leaf) => (leaf.type === schema.nodes.break ? '\n' : '')),
      // Esc is not the editor's, which would keep it: it closes the panel.
      handleDOMEvents: { keydown: (_view, event) => event.key === 'Escape' },
      handleClick: (_view, _position, event) => openLink(event, editable),
    },
  )
  tellLook(view.state)
  return {
    run(command) {
      command(view.state, view.dispatch, view)
      view.focus()
    },
    undo() {
      binding.undo()
      view.focus()
    },
    redo() {
      binding.redo()
      view.focus()
    },
    focus: () => view.focus(),
    destroy() {
      view.destroy()
      binding.destroy()
    },
  }
}

/** While one writes a click places the cursor, and with Ctrl or Cmd opens the link; while one only reads it opens it. */
function openLink(event: MouseEvent, editable: boolean): boolean {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const href = safeLink(link?.getAttribute('href'))
  if (href === undefined || (editable && !event.ctrlKey && !event.metaKey)) return false
  window.open(href, '_blank', 'noopener,noreferrer')
  event.preventDefault()
  return true
}

function lookOf(state: EditorState, { undoManager }: PadBinding): EditorLook {
  const { $from, from, to, empty } = state.selection
  const marked = (name: MarkName) => {
    const type = schema.marks[name]
    return empty ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, type)
  }
  const block = $from.depth === 0 ? undefined : $from.parent
  return {
    style: block === undefined ? undefined : styleOf(block),
    marks: MARK_NAMES.filter(marked),
    link: linkAt(state)?.href,
    canUndo: undoManager.canUndo(),
    canRedo: undoManager.canRedo(),
    inList: block?.type === schema.nodes.item,
    empty: state.doc.childCount === 1 && state.doc.textContent === '' && state.doc.firstChild?.type === schema.nodes.paragraph && state.doc.firstChild.content.size === 0,
  }
}
