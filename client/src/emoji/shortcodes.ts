import { inTone, type EmojiSet } from './emoji-set.ts'

const SHORTCODE = /(?<![\p{L}\p{N}_:]):([a-z0-9_+-]{1,60}):(?![\p{L}\p{N}_:])/gu
const ENDED = /(?<![\p{L}\p{N}_:]):([a-z0-9_+-]{1,60}):$/u
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g

/** The text with `:names:` of emoji as emoji; code stays as it is. */
export function replaceShortcodes(text: string, set: EmojiSet, tone: number): string {
  let out = ''
  let from = 0
  for (const code of text.matchAll(CODE)) {
    out += replace(text.slice(from, code.index), set, tone) + code[0]
    from = code.index + code[0].length
  }
  return out + replace(text.slice(from), set, tone)
}

/** The text if a `:name:` has just been ended at the caret, with the emoji in its place and the caret after it. */
export function replaceEnded(text: string, caret: number, set: EmojiSet, tone: number): { text: string; caret: number } | undefined {
  const before = text.slice(0, caret)
  const match = ENDED.exec(before)
  const emoji = match?.[1] === undefined ? undefined : set.byShortcode.get(match[1])
  if (match === null || emoji === undefined || isInCode(before)) return undefined
  const start = before.slice(0, match.index) + inTone(emoji, tone)
  return { text: start + text.slice(caret), caret: start.length }
}

function replace(text: string, set: EmojiSet, tone: number): string {
  return text.replace(SHORTCODE, (whole, name: string) => {
    const emoji = set.byShortcode.get(name)
    return emoji === undefined ? whole : inTone(emoji, tone)
  })
}

/** An odd number of code marks stands before: a fence, or a back tick of this line. */
function isInCode(before: string): boolean {
  if ((before.split('```').length - 1) % 2 === 1) return true
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return (line.split('`').length - 1) % 2 === 1
}
