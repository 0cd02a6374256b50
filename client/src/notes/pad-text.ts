import * as Y from 'yjs'
import type { NotesPad } from '../chat/notes-pad.ts'

/** Deeper than anybody writes. */
const DEEPEST = 16

/** All words of a pad, a line for each block: what can be taken elsewhere, whatever has become of the pad. */
export function padText(pad: Pick<NotesPad, 'fragment'>): string {
  return pad.fragment.toArray().map((block) => wordsOf(block, 0)).join('\n')
}

function wordsOf(shared: unknown, depth: number): string {
  if (shared instanceof Y.XmlText) return (shared.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
  if (!(shared instanceof Y.XmlFragment) || depth > DEEPEST) return ''
  return shared.toArray().map((child) => wordsOf(child, depth + 1)).filter((words) => words !== '').join(' ')
}
