import type { Attrs, Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { HEADING_LEVELS, LIST_KINDS, MOST_INDENT, schema, type BlockName } from './schema.ts'
import { handleOf } from './source.ts'
import { nodesOf, runsOfShared } from './text-runs.ts'

/** The one name of elements of this version; what a block is says its attribute `kind`, so that it can become another without moving its text. */
export const BLOCK = 'block'

/** Kinds of blocks in the shared document. */
type Kind = 'paragraph' | 'heading' | 'quote' | 'code' | 'rule' | (typeof LIST_KINDS)[number]

/** Elements as other editors over Yjs name them, for what a program wrote with one. */
const OTHERS: Readonly<Record<string, Kind>> = { paragraph: 'paragraph', heading: 'heading', blockquote: 'quote', codeBlock: 'code', horizontalRule: 'rule' }

/** Characters shown of something that is not known here, and how deep it is looked into. */
const MOST_SHOWN = 2_000
const DEEPEST = 16

/** What a child of the shared fragment is in the editor. Never throws, whatever somebody has written there. */
export function readBlock(shared: unknown): Node {
  if (!(shared instanceof Y.XmlElement)) return unknown(shared)
  const kind = kindOf(shared)
  const children = shared.toArray()
  const text = children[0]
  if (kind === undefined || children.length > 1 || (text !== undefined && !(text instanceof Y.XmlText))) return unknown(shared)
  if (kind === 'rule' && (text === undefined || text.length === 0)) return schema.node('rule')
  // Somebody wrote in it while another made a line of it: the text is what counts.
  const name = kind === 'rule' ? 'paragraph' : nameOf(kind)
  const runs = text === undefined ? [] : runsOfShared(text, kind !== 'code')
  if (kind === 'code' && runs.some((run) => run.unknown !== undefined)) return unknown(shared)
  return schema.node(name, attributesOf(kind, shared), nodesOf(runs, kind === 'code'))
}

function kindOf(element: Y.XmlElement): Kind | undefined {
  const kind: unknown = element.getAttribute('kind')
  if (element.nodeName === BLOCK) return isKind(kind) ? kind : undefined
  return kind === undefined && Object.hasOwn(OTHERS, element.nodeName) ? OTHERS[element.nodeName] : undefined
}

function isKind(kind: unknown): kind is Kind {
  return kind === 'paragraph' || kind === 'heading' || kind === 'quote' || kind === 'code' || kind === 'rule' || LIST_KINDS.some((list) => list === kind)
}

function nameOf(kind: Exclude<Kind, 'rule'>): BlockName {
  return kind === 'bullet' || kind === 'ordered' || kind === 'task' ? 'item' : kind === 'code' ? 'codeBlock' : kind
}

function attributesOf(kind: Kind, element: Y.XmlElement): Attrs | null {
  const read = (name: string): unknown => element.getAttribute(name)
  if (kind === 'heading') return { level: HEADING_LEVELS.find((level) => level === Number(read('level'))) ?? 1 }
  if (kind !== 'bullet' && kind !== 'ordered' && kind !== 'task') return null
  const indent = read('indent')
  return { kind, indent: typeof indent === 'number' && indent >= 0 ? Math.min(Math.floor(indent), MOST_INDENT) : 0, checked: kind === 'task' && read('checked') === true }
}

/** The attributes by which a block of the editor is a block of the shared document; what is left out is not set. */
export function sharedAttributes({ type, attrs }: Node): Record<string, string | number | boolean> {
  const { kind, indent, checked, level } = attrs as { kind?: string; indent?: number; checked?: boolean; level?: number }
  if (type.name === 'heading') return { kind: 'heading', level: level ?? 1 }
  if (type.name !== 'item') return { kind: type.name === 'codeBlock' ? 'code' : type.name }
  return { kind: kind ?? 'bullet', ...(indent === undefined || indent === 0 ? {} : { indent }), ...(kind === 'task' && checked === true ? { checked: true } : {}) }
}

function unknown(source: unknown): Node {
  return schema.node('unknownBlock', { source: handleOf(source), text: plainText(source) })
}

/** The words in whatever it is. */
export function plainText(shared: unknown, depth = 0): string {
  if (depth > DEEPEST) return ''
  if (shared instanceof Y.XmlText) return runsOfShared(shared, false).map(({ text, unknown: other }) => (other === undefined ? text : '')).join('').slice(0, MOST_SHOWN)
  if (!(shared instanceof Y.XmlFragment)) return ''
  let text = ''
  for (const child of shared.toArray()) {
    const words = plainText(child, depth + 1)
    if (words !== '') text += text === '' ? words : ` ${words}`
    if (text.length >= MOST_SHOWN) break
  }
  return text.slice(0, MOST_SHOWN)
}
