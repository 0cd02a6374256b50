import type { CompactEmoji, MessagesDataset, ShortcodesDataset } from 'emojibase'

export interface Emoji {
  /** The emoji itself, in its neutral skin tone. */
  char: string
  /** "waving hand" */
  name: string
  keywords: readonly string[]
  /** Without colons; the first is the usual one. */
  shortcodes: readonly string[]
  /** In the five skin tones, light to dark; empty: it has none. */
  tones: readonly string[]
}

interface EmojiGroup {
  name: string
  emoji: Emoji[]
}

/** All emoji there are, in the order of Unicode. */
export interface EmojiSet {
  groups: readonly EmojiGroup[]
  all: readonly Emoji[]
  byShortcode: ReadonlyMap<string, Emoji>
  /** By the emoji itself, in any of its skin tones. */
  byChar: ReadonlyMap<string, Emoji>
}

/** Group of the skin tones by themselves and the like. */
const COMPONENTS = 2
const TONE_CODES = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF']

/** Makes one set of the three files of the data. */
export function makeEmojiSet(data: readonly CompactEmoji[], shortcodes: ShortcodesDataset, messages: Pick<MessagesDataset, 'groups'>): EmojiSet {
  const groups = new Map<number, EmojiGroup>()
  const byShortcode = new Map<string, Emoji>()
  const byChar = new Map<string, Emoji>()
  for (const { key: _, message, order } of messages.groups) if (order !== COMPONENTS) groups.set(order, { name: capital(message), emoji: [] })
  for (const entry of data) {
    const group = entry.group === undefined ? undefined : groups.get(entry.group)
    if (group === undefined) continue
    const named = shortcodes[entry.hexcode]
    const emoji: Emoji = {
      char: usual(entry.unicode),
      name: entry.label,
      keywords: entry.tags ?? [],
      shortcodes: named === undefined ? [entry.label.toLowerCase().replace(/[^a-z0-9]+/g, '_')] : typeof named === 'string' ? [named] : named,
      tones: tonesOf(entry),
    }
    group.emoji.push(emoji)
    byChar.set(emoji.char, emoji)
    byChar.set(entry.unicode, emoji)
    for (const tone of emoji.tones) byChar.set(tone, emoji)
    for (const code of emoji.shortcodes) if (!byShortcode.has(code)) byShortcode.set(code, emoji)
  }
  return { groups: [...groups.values()], all: [...groups.values()].flatMap(({ emoji }) => emoji), byShortcode, byChar }
}

/** The emoji as the person likes it: 0 neutral, 1 to 5 from light to dark. */
export function inTone(emoji: Emoji, tone: number): string {
  return tone === 0 ? emoji.char : (emoji.tones[tone - 1] ?? emoji.char)
}

/** As keyboards and other chats write it: without the sign that asks for a coloured picture where that is the rule anyway. Two spellings would be two reactions. */
function usual(char: string): string {
  return char.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1')
}

/** Of several people in one emoji all get the same tone. */
function tonesOf({ skins = [] }: CompactEmoji): string[] {
  if (skins.length === 0) return []
  return TONE_CODES.flatMap((code) => {
    const skin = skins.find(({ hexcode }) => hexcode.split('-').every((part) => part === code || !TONE_CODES.includes(part)))
    return skin === undefined ? [] : [skin.unicode]
  })
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
