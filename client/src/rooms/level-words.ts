import type { NotifyLevel } from '../chat/views.ts'

/** Levels of what is to be noticed, as they are offered for all rooms. */
export const LEVELS = [
  { value: 'all', title: 'Every message', text: 'Rooms with something new are bold.' },
  { value: 'mentions', title: 'What is meant for me', text: 'Mentions, and messages in direct conversations.' },
  { value: 'none', title: 'Mentions only', text: 'As in a muted room: everything else stays quiet.' },
] as const

/** A room's own level; `default`: it has none. */
export type RoomLevel = NotifyLevel | 'default'

/** The same for one room, which may do as all the others. */
export function roomLevels(forAll: NotifyLevel): { value: RoomLevel; title: string; text: string }[] {
  const usual = LEVELS.find(({ value }) => value === forAll)?.title ?? ''
  return [
    { value: 'default', title: 'As for all rooms', text: `At present: ${usual.charAt(0).toLowerCase()}${usual.slice(1)}.` },
    { value: 'all', title: 'Every message', text: 'Bold as soon as something is new.' },
    { value: 'mentions', title: 'What is meant for me', text: 'Mentions; in a direct conversation, everything.' },
    { value: 'none', title: 'Muted', text: 'Grey and quiet, but mentions still count.' },
  ]
}
