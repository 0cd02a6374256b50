import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'

/** One combination of keys. `key` as in `KeyboardEvent.key`, letters in lower case. */
export interface Stroke {
  key: string
  /** Cmd on Apple's machines, Ctrl elsewhere. */
  mod?: boolean
  alt?: boolean
  shift?: boolean
}

type KeyGroup = 'app.keysEverywhere' | 'app.keysRooms' | 'app.keysMessages' | 'app.keysWriting'

export interface KeyEntry extends Stroke {
  group: KeyGroup
  /** What it does, for the list of keys. */
  does: PlainKey
}

/**
 * Every key of the app: the list of keys is made from this table, and keys that work everywhere are bound by their name in it (`useKey`).
 * The others belong to the part of the screen that has the focus.
 */
export const KEYS = {
  jump: { group: 'app.keysEverywhere', does: 'app.keyJump', key: 'k', mod: true },
  search: { group: 'app.keysEverywhere', does: 'app.keySearch', key: 'f', mod: true },
  mentions: { group: 'app.keysEverywhere', does: 'app.keyMentions', key: 'm', mod: true, shift: true },
  keys: { group: 'app.keysEverywhere', does: 'app.keyKeys', key: '/', mod: true },
  markAllRead: { group: 'app.keysEverywhere', does: 'app.keyMarkAllRead', key: 'Escape', shift: true },
  nextRoom: { group: 'app.keysRooms', does: 'app.keyNextRoom', key: 'ArrowDown', alt: true },
  previousRoom: { group: 'app.keysRooms', does: 'app.keyPreviousRoom', key: 'ArrowUp', alt: true },
  nextUnread: { group: 'app.keysRooms', does: 'app.keyNextUnread', key: 'ArrowDown', alt: true, shift: true },
  previousUnread: { group: 'app.keysRooms', does: 'app.keyPreviousUnread', key: 'ArrowUp', alt: true, shift: true },
  notes: { group: 'app.keysRooms', does: 'notes.keyNotes', key: 'l', mod: true, shift: true },
  markRead: { group: 'app.keysRooms', does: 'app.keyMarkRead', key: 'Escape' },
  closePanel: { group: 'app.keysRooms', does: 'app.keyClosePanel', key: 'Escape' },
  previousMessage: { group: 'app.keysMessages', does: 'app.keyPreviousMessage', key: 'ArrowUp' },
  nextMessage: { group: 'app.keysMessages', does: 'app.keyNextMessage', key: 'ArrowDown' },
  oldest: { group: 'app.keysMessages', does: 'app.keyOldest', key: 'Home' },
  newest: { group: 'app.keysMessages', does: 'app.keyNewest', key: 'End' },
  pageUp: { group: 'app.keysMessages', does: 'app.keyPageUp', key: 'PageUp' },
  pageDown: { group: 'app.keysMessages', does: 'app.keyPageDown', key: 'PageDown' },
  messageMenu: { group: 'app.keysMessages', does: 'app.keyMessageMenu', key: 'F10', shift: true },
  submit: { group: 'app.keysWriting', does: 'app.keySubmit', key: 'Enter' },
  newLine: { group: 'app.keysWriting', does: 'app.keyNewLine', key: 'Enter', shift: true },
  editLast: { group: 'app.keysWriting', does: 'app.keyEditLast', key: 'ArrowUp' },
  cancel: { group: 'app.keysWriting', does: 'app.keyCancel', key: 'Escape' },
} as const satisfies Readonly<Record<string, KeyEntry>>

export type KeyName = keyof typeof KEYS

const NAMED = /^[a-z0-9]$/

/** Is it this combination? A key that is typed with Shift on some keyboards (the slash) is the same with and without it. */
export function isStroke(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, stroke: Stroke): boolean {
  const { key, mod = false, alt = false, shift = false } = stroke
  if (event.key.toLowerCase() !== key.toLowerCase() || event.altKey !== alt) return false
  if ((isApple() ? event.metaKey : event.ctrlKey) !== mod || (isApple() ? event.ctrlKey : event.metaKey)) return false
  const isSign = key.length === 1 && !NAMED.test(key)
  return isSign || event.shiftKey === shift
}

const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓' }
const NAMES: Readonly<Record<string, PlainKey>> = { Escape: 'app.escape', Enter: 'app.enter', Home: 'app.home', End: 'app.end', PageUp: 'app.pageUp', PageDown: 'app.pageDown' }

/** The keys as they stand on a keyboard of this machine. */
export function strokeWords({ key, mod, alt, shift }: Stroke): string[] {
  const apple = isApple()
  const words = [mod === true && (apple ? '⌘' : t('app.ctrl')), alt === true && (apple ? '⌥' : t('app.alt')), shift === true && (apple ? '⇧' : t('app.shift')), keyWord(key)]
  return words.filter((word) => word !== false)
}

function keyWord(key: string): string {
  const name = NAMES[key]
  return name === undefined ? (SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)) : t(name)
}

function isApple(): boolean {
  return /Mac|iP/.test(navigator.platform)
}
