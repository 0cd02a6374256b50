import { Schema, type Attrs, type DOMOutputSpec, type Mark, type Node, type TagParseRule } from 'prosemirror-model'
import { safeLink } from './safe-link.ts'

/** Levels of headings: the panel's own heading is above them, so that they begin at h3 on the screen. */
export const HEADING_LEVELS = [1, 2, 3] as const
/** How deep lists may be indented, from 0. */
export const MOST_INDENT = 6
export const LIST_KINDS = ['bullet', 'ordered', 'task'] as const
export type ListKind = (typeof LIST_KINDS)[number]

/** The page's policy keeps styles of what is pasted from counting; what they say is there as words (pasted-html.ts). */
function styled(element: HTMLElement, style: RegExp): boolean {
  return style.test(element.dataset['style'] ?? '')
}

function byStyle(style: RegExp): TagParseRule {
  return { tag: '[data-style]', consuming: false, getAttrs: (element) => styled(element, style) && null }
}

/** How deep a list item of a pasted page lies, and of which kind it is. */
function pastedItem(element: HTMLElement): Attrs {
  let indent = -1
  for (let list = element.parentElement?.closest('ul, ol'); list; list = list.parentElement?.closest('ul, ol')) indent += 1
  const task = element.dataset['checked'] ?? (element.querySelector(':scope > input[type="checkbox"], :scope > label > input[type="checkbox"]') ? 'false' : undefined)
  const kind: ListKind = task !== undefined ? 'task' : element.parentElement?.nodeName === 'OL' ? 'ordered' : 'bullet'
  const own = Number(element.dataset['indent'])
  return { kind, indent: Math.min(Math.max(Number.isInteger(own) ? own : indent, 0), MOST_INDENT), checked: task === 'true' }
}

function itemDOM({ attrs }: Node): DOMOutputSpec {
  const { kind, indent, checked } = attrs as { kind: ListKind; indent: number; checked: boolean }
  // Attributes are for copying from one pad into another; the looks come from the classes.
  const own = { 'data-indent': String(indent), ...(kind === 'task' ? { 'data-checked': String(checked) } : {}) }
  return [kind === 'ordered' ? 'ol' : 'ul', { class: ['note-list', `note-${kind}`, `note-indent-${indent}`].join(' ') }, ['li', own, 0]]
}

/**
 * What a pad can hold, flat: each paragraph, heading, item of a list or line of a quote is a block of its own beside the others, as it is in the
 * shared document (read-block.ts). So no way of formatting ever moves text from one place to another, where somebody else may be writing in it.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      attrs: { level: { default: 1 } },
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 3) } })),
      toDOM: ({ attrs }) => [`h${Number(attrs['level']) + 2}`, { class: `note-h${attrs['level']}` }, 0],
    },
    item: {
      group: 'block',
      content: 'inline*',
      attrs: { kind: { default: 'bullet' }, indent: { default: 0 }, checked: { default: false } },
      defining: true,
      parseDOM: [{ tag: 'li', getAttrs: pastedItem }],
      toDOM: itemDOM,
    },
    quote: { group: 'block', content: 'inline*', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', { class: 'note-quote' }, 0] },
    codeBlock: {
      group: 'block',
      content: 'text*',
      marks: '',
      code: true,
      defining: true,
      parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
      toDOM: () => ['pre', { class: 'note-code', spellcheck: 'false' }, ['code', 0]],
    },
    rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    /** What this version does not know: shown as plain text, never touched, gone only if somebody deletes it. */
    unknownBlock: {
      group: 'block',
      atom: true,
      attrs: { text: { default: '' }, source: { default: null } },
      toDOM: ({ attrs }) => ['div', { class: 'note-unknown', contenteditable: 'false' }, String(attrs['text'])],
    },
    text: { group: 'inline' },
    break: { group: 'inline', inline: true, selectable: false, linebreakReplacement: true, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    unknownInline: { group: 'inline', inline: true, atom: true, attrs: { source: { default: null } }, toDOM: () => ['span', { class: 'note-unknown', contenteditable: 'false' }, '\u25a1'] },
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs(element) {
            const href = safeLink(element.getAttribute('href'))
            return href === undefined ? false : { href }
          },
        },
      ],
      toDOM: ({ attrs }) => {
        const href = safeLink(attrs['href'])
        return href === undefined ? ['span', 0] : ['a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, 0]
      },
    },
    bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b', getAttrs: (element) => !styled(element, /font-weight:\s*(?:normal|400)/) && null }, byStyle(/font-weight:\s*(?:bold|[5-9]\d{2})/)], toDOM: () => ['strong', 0] },
    italic: { parseDOM: [{ tag: 'i' }, { tag: 'em' }, byStyle(/font-style:\s*italic/)], toDOM: () => ['em', 0] },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }, { tag: 'strike' }, byStyle(/text-decoration[a-z-]*:[^;]*line-through/)], toDOM: () => ['s', 0] },
    code: { parseDOM: [{ tag: 'code' }], excludes: '', toDOM: () => ['code', 0] },
  },
})

/** The node types by name: `schema.nodes` may hold none of a name as far as the compiler knows. */
export type BlockName = 'paragraph' | 'heading' | 'item' | 'quote' | 'codeBlock' | 'rule' | 'unknownBlock'
export type MarkName = 'link' | 'bold' | 'italic' | 'strike' | 'code'

export const MARK_NAMES: readonly MarkName[] = ['link', 'bold', 'italic', 'strike', 'code']

export function hrefOf(mark: Mark): string {
  return String(mark.attrs['href'])
}
