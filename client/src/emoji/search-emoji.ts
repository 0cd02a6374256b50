import type { Emoji, EmojiSet } from './emoji-set.ts'

/** Emoji by shortcode, name and keyword: those that begin with the words before those that hold them; all words must fit. */
export function searchEmoji(set: EmojiSet, query: string, limit: number): Emoji[] {
  const words = query.toLowerCase().split(/[\s_:]+/).filter(Boolean)
  if (words.length === 0) return []
  const code = words.join('_')
  const ranked: Emoji[][] = [[], [], [], []]
  for (const emoji of set.all) ranked[rank(emoji, words, code)]?.push(emoji)
  return ranked.flat().slice(0, limit)
}

/** 0 is best; 4: does not fit. */
function rank({ name, keywords, shortcodes }: Emoji, words: readonly string[], code: string): number {
  if (shortcodes.includes(code)) return 0
  if (shortcodes.some((shortcode) => shortcode.startsWith(code))) return 1
  const parts = [...name.split(/[^\p{L}\p{N}]+/u), ...keywords, ...shortcodes.flatMap((shortcode) => shortcode.split('_'))].map((part) => part.toLowerCase())
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 2
  const all = parts.join(' ')
  return words.every((word) => word.length > 2 && all.includes(word)) ? 3 : 4
}
