import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'
import type { NotesPad, NotesPeerView } from '../../chat/notes-pad.ts'
import { colourOf } from '../../ui/initials.ts'
import type { PadBinding } from './pad-binding.ts'
import { fromShared, placeFromJson, placeToJson } from './positions.ts'

const KEY = new PluginKey<DecorationSet>('cursors')
/** Windows of others that are drawn at most. */
const MOST_SHOWN = 50
/** Characters of a name beside a cursor. */
const LONGEST_NAME = 40

/** Draws where the others are, and says where the person is. */
export function cursors(binding: PadBinding, pad: NotesPad): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: KEY,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, before, _old, state) => ((tr.getMeta(KEY) as boolean | undefined) === true ? draw(binding, pad.peers(), state.doc) : before.map(tr.mapping, tr.doc)),
    },
    props: { decorations: (state) => KEY.getState(state) },
    view: (view) => {
      let waiting = false
      // Both a change of the text and of the places may bring them: once after all of them is enough.
      const redraw = () => {
        if (waiting) return
        waiting = true
        queueMicrotask(() => {
          waiting = false
          if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(KEY, true))
        })
      }
      const stop = pad.onPeers(redraw)
      const say = () => pad.setCursor(view.hasFocus() ? ownCursor(binding) : undefined)
      view.dom.addEventListener('focus', say)
      view.dom.addEventListener('blur', say)
      redraw()
      return {
        update: (_view, previous) => {
          if (previous.doc !== view.state.doc) redraw()
          if (previous.doc !== view.state.doc || !previous.selection.eq(view.state.selection)) say()
        },
        destroy: () => {
          stop()
          view.dom.removeEventListener('focus', say)
          view.dom.removeEventListener('blur', say)
          pad.setCursor(undefined)
        },
      }
    },
  })
}

function ownCursor({ selection }: PadBinding): { anchor: unknown; head: unknown } | undefined {
  if (selection?.anchor === undefined || selection.head === undefined) return undefined
  return { anchor: placeToJson(selection.anchor), head: placeToJson(selection.head) }
}

function draw({ fragment }: PadBinding, peers: readonly NotesPeerView[], doc: EditorView['state']['doc']): DecorationSet {
  const decorations = peers.slice(0, MOST_SHOWN).flatMap((peer): Decoration[] => {
    const { anchor, head } = (typeof peer.cursor === 'object' && peer.cursor !== null ? peer.cursor : {}) as { anchor?: unknown; head?: unknown }
    const [from, to] = [anchor, head].map((json) => {
      const place = placeFromJson(json)
      return place === undefined ? undefined : fromShared(fragment, doc, place)
    })
    if (to === undefined) return []
    const colour = colourOf(peer.id)
    const caret = Decoration.widget(to, () => caretOf(peer.name, colour), { key: `${peer.key} ${peer.name}`, side: 10, ignoreSelection: true })
    if (from === undefined || from === to) return [caret]
    // Set by the page's own code, one value from a short list: the policy against styles in the page stands.
    return [Decoration.inline(Math.min(from, to), Math.max(from, to), { class: 'note-selection', nodeName: 'span', style: `--note-colour: ${colour}` }), caret]
  })
  return DecorationSet.create(doc, decorations)
}

function caretOf(name: string, colour: string): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'note-caret'
  // Who is where is said once above the text, not in the middle of each line.
  caret.setAttribute('aria-hidden', 'true')
  caret.style.setProperty('--note-colour', colour)
  const label = document.createElement('span')
  label.className = 'note-caret-name'
  label.textContent = name.slice(0, LONGEST_NAME)
  caret.append('\u2060', label, '\u2060')
  return caret
}
