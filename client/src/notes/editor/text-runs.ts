import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'
import { MARK_NAMES, schema } from './schema.ts'
import { safeLink } from './safe-link.ts'
import { handleOf, sourceOf } from './source.ts'

/** Marks as they stand in the shared text: `true`, of a link `{ href }`. */
export type RunMarks = Readonly<Record<string, true | { href: string }>>

/** A piece of a block's text with the same marks. A line break is `\n`; what is no text has one place, too. */
export interface Run {
  text: string
  marks: RunMarks
  /** Instead of text: something that this version does not know. */
  unknown?: { source: unknown }
}

const PLACE = '\ufffc'
const NO_MARKS: RunMarks = {}

/** The text of a block in the shared document, as far as it is known here: other attributes are left where they are, and not seen. */
export function runsOfShared(text: Y.XmlText, marked: boolean): Run[] {
  return (text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]).flatMap(({ insert, attributes }): Run[] => {
    const marks = marked ? knownMarks(attributes ?? {}) : NO_MARKS
    if (typeof insert === 'string') return insert === '' ? [] : [{ text: insert, marks }]
    return [{ text: PLACE, marks: NO_MARKS, unknown: { source: insert } }]
  })
}

function knownMarks(attributes: Record<string, unknown>): RunMarks {
  const marks: Record<string, true | { href: string }> = {}
  for (const name of MARK_NAMES) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    if (value === undefined || value === null || value === false) continue
    if (name !== 'link') marks[name] = true
    else {
      const href = safeLink(typeof value === 'object' ? (value as { href?: unknown }).href : value)
      if (href !== undefined) marks[name] = { href }
    }
  }
  return marks
}

/** The content of a block of the editor. */
export function nodesOf(runs: readonly Run[], code: boolean): Node[] {
  return runs.flatMap(({ text, marks, unknown }): Node[] => {
    if (unknown !== undefined) return [schema.node('unknownInline', { source: handleOf(unknown.source) })]
    if (code) return [schema.text(text)]
    const set = MARK_NAMES.flatMap((name) => {
      const value = marks[name]
      return value === undefined ? [] : [schema.mark(name, value === true ? null : value)]
    })
    return text.split(/(\n)/).flatMap((part) => (part === '' ? [] : [part === '\n' ? schema.node('break', null, undefined, set) : schema.text(part, set)]))
  })
}

export function runsOfNode(block: Node): Run[] {
  const runs: Run[] = []
  block.forEach((node) => {
    const marks: RunMarks = Object.fromEntries(node.marks.map((mark) => [mark.type.name, mark.type.name === 'link' ? { href: String(mark.attrs['href']) } : (true as const)]))
    if (node.isText) runs.push({ text: node.text ?? '', marks })
    else if (node.type.name === 'break') runs.push({ text: '\n', marks })
    else runs.push({ text: PLACE, marks: NO_MARKS, unknown: { source: sourceOf(node.attrs['source']) } })
  })
  return runs
}
