/**
 * The small Markdown of messages, as data: paragraphs, quotes, lists, code blocks; bold, italic, struck, code, links, mentions, rooms.
 * Everything else is plain text. It never yields HTML, and links only to http, https and mailto.
 */
import { withoutTail } from '@chatflow/shared/links'

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'bold' | 'italic' | 'struck'; children: Inline[] }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'mention'; username: string }
  /** `#name`, as it was written; a link for whoever knows such a room. */
  | { type: 'room'; name: string }
  | { type: 'break' }

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'quote'; children: Block[] }
  | List
  /** `language`: as it was written behind the fence, in lower case. */
  | { type: 'code'; text: string; language?: string }

type List = { type: 'list'; ordered: boolean; start: number; items: ListItem[] }

/** A line of a list, and the lists that are indented under it. */
interface ListItem {
  text: Inline[]
  inner: List[]
}

const FENCE = /^```/
const LANGUAGE = /^```([\w+#.-]{1,30})[ \t]*$/
const QUOTE = /^> ?/
const ITEM = /^([-*•]|\d{1,6}[.)]) +(?=\S)/
const INNER_ITEM = /^([ \t]*)([-*•]|\d{1,6}[.)]) +(?=\S)/
/** Deeper nesting is shown as text; it also bounds the work. */
const MAX_DEPTH = 6

export function parseMarkdown(text: string, depth = 0): Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  let paragraph: string[] = []
  const flush = () => {
    while (paragraph.length > 0 && paragraph[0]?.trim() === '') paragraph.shift()
    while (paragraph.length > 0 && paragraph[paragraph.length - 1]?.trim() === '') paragraph.pop()
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: inline(paragraph.join('\n'), 0) })
    paragraph = []
  }
  /** Takes the lines from `i` on that match, without the matched part. */
  const take = (i: number, pattern: RegExp): string[] => {
    const taken: string[] = []
    for (let line = lines[i]; line !== undefined && pattern.test(line); line = lines[++i]) taken.push(line.replace(pattern, ''))
    return taken
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (FENCE.test(line)) {
      const end = lines.findIndex((other, j) => j > i && FENCE.test(other))
      if (end !== -1) {
        flush()
        const language = LANGUAGE.exec(line)?.[1]?.toLowerCase()
        // What stands behind the fence and is no name of a language is code already.
        const rest = language === undefined ? line.slice(3) : ''
        const code = [...(rest.trim() === '' ? [] : [rest]), ...lines.slice(i + 1, end)].join('\n')
        blocks.push({ type: 'code', text: code, ...(language === undefined ? {} : { language }) })
        i = end
        continue
      }
    }
    if (QUOTE.test(line) && depth < MAX_DEPTH) {
      flush()
      const taken = take(i, QUOTE)
      blocks.push({ type: 'quote', children: parseMarkdown(taken.join('\n'), depth + 1) })
      i += taken.length - 1
    } else if (ITEM.test(line)) {
      flush()
      const taken = itemsFrom(lines, i)
      blocks.push(...nest(taken, 0))
      i += taken.length - 1
    } else paragraph.push(line)
  }
  flush()
  return blocks
}

/** A line of a list: columns before its mark, the mark, and the text after it. */
interface ItemLine {
  indent: number
  mark: string
  text: string
}

function itemsFrom(lines: readonly string[], from: number): ItemLine[] {
  const items: ItemLine[] = []
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const match = INNER_ITEM.exec(line)
    if (match === null) break
    items.push({ indent: (match[1] ?? '').replace(/\t/g, '    ').length, mark: match[2] ?? '', text: line.slice(match[0].length) })
  }
  return items
}

/** Lines that are indented further than the first of a list belong under the line above them; another kind of mark begins another list. */
function nest(items: readonly ItemLine[], depth: number): List[] {
  const lists: List[] = []
  const base = items[0]?.indent ?? 0
  for (let i = 0; i < items.length; ) {
    const item = items[i]
    if (item === undefined) break
    let end = i + 1
    while (end < items.length && depth < MAX_DEPTH && (items[end]?.indent ?? 0) > base + 1) end++
    const ordered = /\d/.test(item.mark)
    let list = lists.at(-1)
    if (list === undefined || list.ordered !== ordered) {
      list = { type: 'list', ordered, start: ordered ? Number.parseInt(item.mark, 10) : 1, items: [] }
      lists.push(list)
    }
    list.items.push({ text: inline(item.text, 0), inner: end > i + 1 ? nest(items.slice(i + 1, end), depth + 1) : [] })
    i = end
  }
  return lists
}

const DELIMITERS = [
  { mark: '**', type: 'bold' },
  { mark: '~~', type: 'struck' },
  { mark: '*', type: 'italic' },
  { mark: '_', type: 'italic' },
] as const

// Sticky: each is tried exactly at the place where the reader stands.
const URL_AT = /(?:https?:\/\/|mailto:)[^\s<>"'`]+/iy
/** An address in angle brackets: a link without a preview. */
const BARE_AT = /<(https?:\/\/[^\s<>"'`]+)>/iy
const LINK_AT = /\[([^\]\n]{1,500})\]\((?:<(https?:\/\/[^\s<>]+)>|((?:https?:\/\/|mailto:)[^\s()]+(?:\([^\s()]*\)[^\s()]*)*))\)/iy
const MENTION_AT = /@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9]))/iy
const ROOM_AT = /#([\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,78}[\p{L}\p{N}])?)/uy

function inline(text: string, depth: number): Inline[] {
  const out: Inline[] = []
  const hopeless: Hopeless = new Map()
  let plain = ''
  const flush = () => {
    if (plain !== '') out.push({ type: 'text', text: plain })
    plain = ''
  }
  const push = (node: Inline) => {
    flush()
    out.push(node)
  }
  let i = 0
  while (i < text.length) {
    const char = text[i] ?? ''
    const before = i === 0 ? '' : (text[i - 1] ?? '')
    if (char === '\n') {
      push({ type: 'break' })
      i++
      continue
    }
    if (char === '`') {
      const end = text.indexOf('`', i + 1)
      if (end > i + 1 && !text.slice(i, end).includes('\n')) {
        push({ type: 'code', text: text.slice(i + 1, end) })
        i = end + 1
        continue
      }
    }
    if (char === '[' && depth < MAX_DEPTH) {
      const match = at(LINK_AT, text, i)
      const href = match?.[2] ?? match?.[3]
      if (match?.[1] !== undefined && href !== undefined && URL.canParse(href)) {
        push({ type: 'link', href, children: inline(match[1], MAX_DEPTH) })
        i += match[0].length
        continue
      }
    }
    if (char === '<') {
      const match = at(BARE_AT, text, i)
      if (match?.[1] !== undefined && URL.canParse(match[1])) {
        push({ type: 'link', href: match[1], children: [{ type: 'text', text: match[1] }] })
        i += match[0].length
        continue
      }
    }
    if (/[hm]/i.test(char) && !/\w/.test(before)) {
      const url = at(URL_AT, text, i)?.[0]
      const href = url === undefined ? '' : withoutTail(url)
      if (URL.canParse(href)) {
        push({ type: 'link', href, children: [{ type: 'text', text: href }] })
        i += href.length
        continue
      }
    }
    if (char === '@' && !/[\w@.-]/.test(before)) {
      const match = at(MENTION_AT, text, i)
      if (match?.[1] !== undefined) {
        push({ type: 'mention', username: match[1] })
        i += match[0].length
        continue
      }
    }
    if (char === '#' && !/[\p{L}\p{N}_#&/]/u.test(before)) {
      const match = at(ROOM_AT, text, i)
      if (match?.[1] !== undefined) {
        push({ type: 'room', name: match[1] })
        i += match[0].length
        continue
      }
    }
    const pair = depth < MAX_DEPTH ? delimited(text, i, before, hopeless) : undefined
    if (pair !== undefined) {
      push({ type: pair.type, children: inline(pair.inner, depth + 1) })
      i = pair.end
      continue
    }
    plain += char
    i++
  }
  flush()
  return out
}

/** For each mark: no closing one was found up to here, so none need be looked for before. Keeps hostile texts linear. */
type Hopeless = Map<string, number>

/** The pair of marks that opens at `i`, if it does and closes on the same line around something. */
function delimited(text: string, i: number, before: string, hopeless: Hopeless): { type: 'bold' | 'italic' | 'struck'; inner: string; end: number } | undefined {
  for (const { mark, type } of DELIMITERS) {
    if (!text.startsWith(mark, i)) continue
    const start = i + mark.length
    if (/\s/.test(text[start] ?? ' ') || (mark === '_' && /[\w\\]/.test(before)) || start < (hopeless.get(mark) ?? 0)) continue
    const newline = text.indexOf('\n', start)
    const limit = newline === -1 ? text.length : newline
    for (let end = text.indexOf(mark, start + 1); end !== -1 && end < limit; end = text.indexOf(mark, end + 1)) {
      const after = text[end + mark.length] ?? ''
      const closes = !/\s/.test(text[end - 1] ?? ' ') && !(mark === '_' && /\w/.test(after)) && !(mark === '*' && (after === '*' || text[end - 1] === '*'))
      if (closes) return { type, inner: text.slice(start, end), end: end + mark.length }
    }
    hopeless.set(mark, limit)
    if (mark === '**') return undefined
  }
  return undefined
}

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index
  return pattern.exec(text)
}
