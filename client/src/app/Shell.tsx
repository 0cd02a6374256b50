import { can } from '@chatflow/shared/permissions'
import { useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { InvitedAlready } from '../account/InvitedAlready.tsx'
import { SettingsPage } from '../account/settings/SettingsPage.tsx'
import { AdminPage } from '../admin/AdminPage.tsx'
import { NotForYou } from '../admin/NotForYou.tsx'
import { ReportsPage } from '../moderation/ReportsPage.tsx'
import { BrowseRoomsDialog } from '../rooms/BrowseRoomsDialog.tsx'
import { JumpDialog } from '../rooms/jump/JumpDialog.tsx'
import { MentionsPanel } from '../rooms/MentionsPanel.tsx'
import { mentionsRoute } from '../rooms/mentions-route.ts'
import { NewDirectDialog } from '../rooms/NewDirectDialog.tsx'
import { NewRoomDialog } from '../rooms/NewRoomDialog.tsx'
import { RoomPage } from '../rooms/RoomPage.tsx'
import { Sidebar } from '../rooms/Sidebar.tsx'
import { SearchPanel } from '../search/SearchPanel.tsx'
import { useOpenSearch } from '../search/use-open-search.ts'
import { useOneColumn } from '../ui/use-one-column.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { ScheduledPage } from '../scheduled/ScheduledPage.tsx'
import { SkipLink } from './SkipLink.tsx'
import { NoRoom } from './NoRoom.tsx'
import { StatusBars } from './StatusBars.tsx'
import { useActions, useChatState, useMe } from './chat-context.tsx'
import { ShellContext } from './shell-context.tsx'
import type { DialogName } from './shell-context.tsx'
import { useKey } from './use-key.ts'
import { usePageTitle } from './use-page-title.ts'
import { useReopenRoom } from './use-reopen-room.ts'
import { navigate, useRoute } from './use-route.ts'
import './shell.css'

/** The frame of the signed-in app: rooms at the left, the open one in the middle, a panel at the right; on a phone, one of them at a time. */
export function Shell() {
  const route = useRoute()
  const { openRoom, markAllRead } = useActions()
  const { rooms, timeline, hours } = useChatState((state) => ({ rooms: state.rooms, timeline: state.timeline, hours: state.preferences.hours }))
  const [dialog, setDialog] = useState<DialogName>()
  const room = rooms.find((candidate) => candidate.id === route.room)
  const search = useOpenSearch(route, room?.id)
  const shell = useMemo(() => ({ openDialog: setDialog, ...search }), [search])
  const view = timeline?.room === route.room ? timeline : undefined
  const panel = room === undefined ? undefined : route.panel
  /** A panel that stands on its own where no room is open. */
  const PanelAlone = route.page === 'mentions' ? MentionsPanel : route.page === 'search' ? SearchPanel : undefined
  const administers = can(useMe(), 'admin.people')
  /** The list of rooms is all there is on the screen. */
  const alone = useOneColumn() && route.room === undefined && PanelAlone === undefined
  // At once: a dialog that leads to a room gives the focus back before the room takes it.
  const close = () => flushSync(() => setDialog(undefined))

  const known = room !== undefined
  useEffect(() => {
    openRoom(known ? route.room : undefined)
  }, [openRoom, route.room, known])
  useReopenRoom(rooms, route, dialog !== undefined)
  usePageTitle(rooms, room)
  useKey('jump', () => setDialog('jump'))
  useKey('keys', () => setDialog('keys'))
  useKey('mentions', () => navigate(mentionsRoute(room?.id)))
  useKey('search', () => search.openSearch())
  useKey('markAllRead', markAllRead)

  if (route.page === 'settings') {
    return (
      <div className="shell">
        <StatusBars />
        <SettingsPage section={route.section} />
      </div>
    )
  }
  if (route.page === 'scheduled') {
    return (
      <div className="shell" key={hours}>
        <StatusBars />
        <ScheduledPage section={route.section} />
      </div>
    )
  }
  if (route.page === 'reports' || route.page === 'admin' || route.page === 'invite') {
    return (
      <div className="shell">
        <StatusBars />
        {route.page === 'invite' ? <InvitedAlready /> : route.page === 'reports' ? <ReportsPage section={route.section} /> : administers ? <AdminPage section={route.section} /> : <NotForYou />}
      </div>
    )
  }
  return (
    <ShellContext value={shell}>
      <div className="shell">
        <SkipLink />
        <StatusBars />
        <div key={hours} className={`shell-columns shell-shows-${panel !== undefined || PanelAlone !== undefined ? 'panel' : route.room === undefined ? 'rooms' : 'room'}`}>
          {/* Not another tag: all of it would be made anew when a room opens. */}
          <div className="shell-rooms" role={alone ? 'main' : undefined}>
            <Sidebar open={room?.id} alone={alone} />
          </div>
          {room === undefined ? (
            <>
              <div className="shell-room">
                <NoRoom wanted={route.room} />
              </div>
              {PanelAlone !== undefined && <PanelAlone room={undefined} />}
            </>
          ) : (
            <RoomPage key={room.id} room={room} timeline={view} panel={panel} item={route.item} at={route.at} />
          )}
        </div>
      </div>
      <NewRoomDialog open={dialog === 'new-room'} onClose={close} />
      <NewDirectDialog open={dialog === 'new-direct'} onClose={close} />
      <KeysDialog open={dialog === 'keys'} onClose={close} />
      <JumpDialog open={dialog === 'jump'} room={room?.id} onClose={close} />
      <BrowseRoomsDialog open={dialog === 'browse-rooms'} onClose={close} />
    </ShellContext>
  )
}
