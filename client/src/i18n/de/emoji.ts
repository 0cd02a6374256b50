import type { emoji as english } from '../en/emoji.ts'
import type { Translated } from '../words.ts'

export const emoji: Translated<typeof english> = {
  choose: 'Emoji wählen',
  find: 'Emoji suchen',
  findHint: 'Emoji suchen…',
  emoji: 'Emojis',
  groups: 'Gruppen',
  usedLast: 'Zuletzt benutzt',
  none: 'Kein Emoji passt dazu.',
  notHere: 'Die Emojis sind noch nicht auf diesem Gerät. Sie kommen, sobald du online bist.',
  skinTone: 'Hautton',
  skinToneNow: 'Hautton: {{tone}}',
  neutral: 'Neutral',
  light: 'Hell',
  mediumLight: 'Mittelhell',
  medium: 'Mittel',
  mediumDark: 'Mitteldunkel',
  dark: 'Dunkel',
}
