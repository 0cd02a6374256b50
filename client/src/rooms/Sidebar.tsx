import AddCommentRounded from '@mui/icons-material/AddCommentRounded'
import AddRounded from '@mui/icons-material/AddRounded'
import TravelExploreRounded from '@mui/icons-material/TravelExploreRounded'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import Tooltip from '@mui/material/Tooltip'
import type { Id } from '@chatflow/shared/ids'
import { can } from '@chatflow/shared/permissions'
import { memo, useMemo, useRef } from 'react'
import { AccountButton } from '../account/AccountButton.tsx'
import { useChatState, useMe } from '../app/chat-context.tsx'
import { useShell } from '../app/shell-context.tsx'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { ReportsLink } from '../moderation/ReportsLink.tsx'
import { SearchLink } from '../search/SearchLink.tsx'
import { ScheduledLink } from '../scheduled/ScheduledLink.tsx'
import { Logo } from '../ui/Logo.tsx'
import { JumpField } from './jump/JumpField.tsx'
import { MentionsLink } from './MentionsLink.tsx'
import { MoreUnread } from './MoreUnread.tsx'
import { RoomSection } from './RoomSection.tsx'
import { sections, visibleRooms } from './sections.ts'
import { useFolded } from './use-folded.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useRoomKeys } from './use-room-keys.ts'
import './sidebar.css'

/** All rooms of the person, and the ways to new ones. `open`: the room on the screen; `alone`: there is nothing beside the list. */
export const Sidebar = memo(function Sidebar({ open, alone }: { open: Id | undefined; alone: boolean }) {
  useLanguage()
  const rooms = useChatState((state) => state.rooms)
  const mayMake = can(useMe(), 'room.create')
  const kept = useKeptPlace(rooms, open)
  const list = useMemo(() => sections(rooms, kept), [rooms, kept])
  const { isFolded, toggle } = useFolded()
  const all = list.flatMap((section) => section.rooms)
  useRoomKeys({ all, seen: list.flatMap((section) => visibleRooms(section, isFolded(section.name), open)) }, open)
  const nav = useRef<HTMLElement>(null)

  return (
    <section className="sidebar" aria-label={t('rooms.sidebar')}>
      <div className="sidebar-head">
        <Logo size={28} />
        {alone ? <h1 className="sidebar-brand">ChatFlow</h1> : <span className="sidebar-brand">ChatFlow</span>}
        {mayMake && <NewButtons />}
      </div>
      <JumpField />
      <SearchLink />
      <MentionsLink open={open} />
      <ScheduledLink />
      <div className="sidebar-list">
        <nav ref={nav} className="sidebar-rooms" aria-label={t('rooms.rooms')}>
          {list.map((section) => (
            <RoomSection key={section.name} section={section} folded={isFolded(section.name)} open={open} onToggle={() => toggle(section.name)} />
          ))}
          {rooms.length === 0 && (mayMake ? <NoRooms /> : <p className="sidebar-note">{t('rooms.guestWaits')}</p>)}
        </nav>
        <MoreUnread list={nav} rooms={list} />
      </div>
      <ReportsLink />
      <AccountButton />
    </section>
  )
})

/** The ways to rooms that one is not in. Guests have none of them. */
function NewButtons() {
  const { openDialog } = useShell()
  return (
    <>
      <Tooltip title={t('rooms.browse')}>
        <IconButton aria-label={t('rooms.browse')} onClick={() => openDialog('browse-rooms')}>
          <TravelExploreRounded />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('rooms.newDirect')}>
        <IconButton aria-label={t('rooms.newDirect')} onClick={() => openDialog('new-direct')}>
          <AddCommentRounded />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('rooms.newRoom')}>
        <IconButton aria-label={t('rooms.newRoom')} onClick={() => openDialog('new-room')}>
          <AddRounded />
        </IconButton>
      </Tooltip>
    </>
  )
}

/** On a phone this is the whole screen; beside the list, the middle says the same. */
function NoRooms() {
  const { openDialog } = useShell()
  return (
    <div className="sidebar-note">
      <p>{t('rooms.roomsWillBeHere')}</p>
      <div className="sidebar-start">
        <Button fullWidth variant="contained" onClick={() => openDialog('new-room')}>
          {t('rooms.makeRoom')}
        </Button>
        <Button fullWidth variant="outlined" onClick={() => openDialog('browse-rooms')}>
          {t('rooms.seeWhatThereIs')}
        </Button>
      </div>
    </div>
  )
}
