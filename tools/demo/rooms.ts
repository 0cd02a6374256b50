import type { RoomKind } from '@chatflow/shared/roles'
import { PEOPLE, type Username } from './people.ts'
import { COFFEE, DIRECT, GENERAL, RELEASES } from './scenes-life.ts'
import { DESIGN, ENGINEERING, SUPPORT } from './scenes-work.ts'
import type { Scene } from './script.ts'

export interface DemoRoom {
  kind: RoomKind
  name: string
  topic: string
  /** The first one made the room. */
  members: readonly Username[]
  scenes: readonly Scene[]
  /** About how many messages. */
  messages: number
}

const everyone = PEOPLE.map((person) => person.username)

export const ROOMS: readonly DemoRoom[] = [
  { kind: 'public', name: 'general', topic: 'What concerns all of us', members: everyone, scenes: GENERAL, messages: 900 },
  {
    kind: 'public',
    name: 'engineering',
    topic: 'How it works, and why it sometimes does not',
    members: ['priya', 'mira', 'jonas', 'kofi', 'sam'],
    scenes: ENGINEERING,
    messages: 1_250,
  },
  { kind: 'public', name: 'design', topic: 'Everything that people see and touch', members: ['yuki', 'mira', 'lena', 'jonas'], scenes: DESIGN, messages: 500 },
  { kind: 'public', name: 'support', topic: 'From the pier, the phone and the mailbox', members: ['tomas', 'mira', 'lena', 'kofi', 'sam'], scenes: SUPPORT, messages: 550 },
  { kind: 'private', name: 'releases', topic: 'What goes out when, and who watches it', members: ['mira', 'priya', 'jonas', 'yuki'], scenes: RELEASES, messages: 260 },
  { kind: 'public', name: 'coffee-corner', topic: 'Seals, soup and swimming', members: everyone, scenes: COFFEE, messages: 450 },
  { kind: 'dm', name: '', topic: '', members: ['mira', 'jonas'], scenes: DIRECT, messages: 60 },
  { kind: 'dm', name: '', topic: '', members: ['mira', 'priya', 'yuki'], scenes: DIRECT, messages: 40 },
]
