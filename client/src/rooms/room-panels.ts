import { createElement } from 'react'
import type { ComponentType } from 'react'
import type { PanelName } from '../app/route.ts'
import { NotesPanel } from '../notes/NotesPanel.tsx'
import { ScheduledPanel } from '../scheduled/ScheduledPanel.tsx'
import { SearchPanel } from '../search/SearchPanel.tsx'
import { ThreadPanel } from '../thread/ThreadPanel.tsx'
import { DetailsPanel } from './DetailsPanel.tsx'
import { MembersPanel } from './MembersPanel.tsx'
import { MentionsPanel } from './MentionsPanel.tsx'
import { PinsPanel } from './PinsPanel.tsx'
import type { PanelProps } from './RoomPanel.tsx'

/** The panels of a room by their name in the address: one file each, in the frame of `RoomPanel`. */
export const ROOM_PANELS: Readonly<Record<PanelName, ComponentType<PanelProps>>> = {
  thread: ThreadPanel,
  members: MembersPanel,
  pins: PinsPanel,
  details: DetailsPanel,
  scheduled: ScheduledPanel,
  notes: NotesPanel,
  search: ({ room }) => createElement(SearchPanel, { room }),
  mentions: ({ room }) => createElement(MentionsPanel, { room: room.id }),
}
