import { t } from '../i18n/translate.ts'
import type { Emoji, EmojiSet } from './emoji-set.ts'
import { searchEmoji } from './search-emoji.ts'

/** What the picker's grid is made of: headings, and lines of emoji. */
export type EmojiRow = { heading: string } | { emoji: readonly Emoji[] }

const FOUND = 80

/** All emoji under their headings, those used last above them; or, with a query, those that fit. */
export function emojiRows(set: EmojiSet, query: string, recent: readonly string[], columns: number): EmojiRow[] {
  if (query.trim() !== '') return lines(searchEmoji(set, query, FOUND), columns)
  const used = recent.flatMap((char) => set.byChar.get(char) ?? [])
  return [{ name: t('emoji.usedLast'), emoji: [...new Set(used)] }, ...set.groups].flatMap(({ name, emoji }) => (emoji.length === 0 ? [] : [{ heading: name }, ...lines(emoji, columns)]))
}

/** A place in the grid. */
export interface EmojiPlace {
  row: number
  column: number
}

export function emojiAt(rows: readonly EmojiRow[], place: EmojiPlace): Emoji | undefined {
  const row = rows[place.row]
  return row !== undefined && 'emoji' in row ? row.emoji[place.column] : undefined
}

/** The first emoji that there is. */
export function firstPlace(rows: readonly EmojiRow[]): EmojiPlace {
  return { row: Math.max(0, rows.findIndex((row) => 'emoji' in row)), column: 0 }
}

/** Where a step leads; headings are stepped over, and at the ends one stays. */
export function step(rows: readonly EmojiRow[], from: EmojiPlace, key: string): EmojiPlace | undefined {
  const width = (row: number): number => {
    const at = rows[row]
    return at !== undefined && 'emoji' in at ? at.emoji.length : 0
  }
  const toRow = (direction: 1 | -1): number | undefined => {
    for (let row = from.row + direction; row >= 0 && row < rows.length; row += direction) if (width(row) > 0) return row
    return undefined
  }
  switch (key) {
    case 'ArrowRight':
      if (from.column + 1 < width(from.row)) return { row: from.row, column: from.column + 1 }
      return place(toRow(1), () => 0) ?? from
    case 'ArrowLeft':
      if (from.column > 0) return { row: from.row, column: from.column - 1 }
      return place(toRow(-1), (row) => width(row) - 1) ?? from
    case 'ArrowDown':
      return place(toRow(1), (row) => Math.min(from.column, width(row) - 1)) ?? from
    case 'ArrowUp':
      return place(toRow(-1), (row) => Math.min(from.column, width(row) - 1)) ?? from
    default:
      return undefined
  }
}

function place(row: number | undefined, column: (row: number) => number): EmojiPlace | undefined {
  return row === undefined ? undefined : { row, column: column(row) }
}

function lines(emoji: readonly Emoji[], columns: number): EmojiRow[] {
  const rows: EmojiRow[] = []
  for (let i = 0; i < emoji.length; i += columns) rows.push({ emoji: emoji.slice(i, i + columns) })
  return rows
}
