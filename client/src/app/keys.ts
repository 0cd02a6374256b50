/** One combination of keys. `key` as in `KeyboardEvent.key`, letters in lower case. */
export interface Stroke {
  key: string
  /** Cmd on Apple's machines, Ctrl elsewhere. */
  mod?: boolean
  alt?: boolean
  shift?: boolean
}

type KeyGroup = 'Everywhere' | 'Rooms' | 'Messages' | 'Writing'

export interface KeyEntry extends Stroke {
  group: KeyGroup
  /** What it does, for the list of keys. */
  does: string
}

/**
 * Every key of the app: the list of keys is made from this table, and keys that work everywhere are bound by their name in it (`useKey`).
 * The others belong to the part of the screen that has the focus.
 */
export const KEYS = {
  jump: { group: 'Everywhere', does: 'Jump to a room or a person', key: 'k', mod: true },
  mentions: { group: 'Everywhere', does: 'Show where I was mentioned', key: 'm', mod: true, shift: true },
  keys: { group: 'Everywhere', does: 'Show this list', key: '/', mod: true },
  markAllRead: { group: 'Everywhere', does: 'Mark all rooms as read', key: 'Escape', shift: true },
  nextRoom: { group: 'Rooms', does: 'Next room in the list', key: 'ArrowDown', alt: true },
  previousRoom: { group: 'Rooms', does: 'Previous room in the list', key: 'ArrowUp', alt: true },
  nextUnread: { group: 'Rooms', does: 'Next unread room', key: 'ArrowDown', alt: true, shift: true },
  previousUnread: { group: 'Rooms', does: 'Previous unread room', key: 'ArrowUp', alt: true, shift: true },
  markRead: { group: 'Rooms', does: 'Mark the open room as read', key: 'Escape' },
  closePanel: { group: 'Rooms', does: 'Close the panel that has the focus', key: 'Escape' },
  previousMessage: { group: 'Messages', does: 'Previous message', key: 'ArrowUp' },
  nextMessage: { group: 'Messages', does: 'Next message', key: 'ArrowDown' },
  oldest: { group: 'Messages', does: 'First message', key: 'Home' },
  newest: { group: 'Messages', does: 'Newest message', key: 'End' },
  pageUp: { group: 'Messages', does: 'A screen back, also from the composer', key: 'PageUp' },
  pageDown: { group: 'Messages', does: 'A screen on, also from the composer', key: 'PageDown' },
  messageMenu: { group: 'Messages', does: 'More actions for the message', key: 'F10', shift: true },
  submit: { group: 'Writing', does: 'Send, or save a change', key: 'Enter' },
  newLine: { group: 'Writing', does: 'New line', key: 'Enter', shift: true },
  editLast: { group: 'Writing', does: 'Change my last message, from the empty field', key: 'ArrowUp' },
  cancel: { group: 'Writing', does: 'Give up an answer or a change', key: 'Escape' },
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

const WORDS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', PageUp: 'Page up', PageDown: 'Page down' }

/** The keys as they stand on a keyboard of this machine. */
export function strokeWords({ key, mod, alt, shift }: Stroke): string[] {
  const apple = isApple()
  const words = [mod === true && (apple ? '⌘' : 'Ctrl'), alt === true && (apple ? '⌥' : 'Alt'), shift === true && (apple ? '⇧' : 'Shift'), WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key)]
  return words.filter((word) => word !== false)
}

function isApple(): boolean {
  return /Mac|iP/.test(navigator.platform)
}
