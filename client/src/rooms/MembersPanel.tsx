import PersonAddAlt1Rounded from '@mui/icons-material/PersonAddAlt1Rounded'
import Button from '@mui/material/Button'
import { can, refusal } from '@chatflow/shared/permissions'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import type { MemberView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { AddPeopleDialog } from './AddPeopleDialog.tsx'
import { BannedList, type BannedView } from './BannedList.tsx'
import { byRole } from './member-list.ts'
import { MemberRow } from './MemberRow.tsx'
import { RoomPanel } from './RoomPanel.tsx'
import type { PanelProps } from './RoomPanel.tsx'
import { useMembers } from './use-members.ts'
import './members-panel.css'

/** Who is in the room, and with what role. */
export function MembersPanel({ room, timeline }: PanelProps) {
  const listed = timeline?.members ?? NOBODY
  /** May be more than are listed. */
  const memberCount = timeline?.memberCount ?? 0
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const [banned, setBanned] = useState<readonly BannedView[]>([])
  const noAdding = refusal({ id: me.id, role: me.role, roomRole: room.role, verified: me.emailVerified }, 'member.add', { room })
  const maySeeBans = can({ id: me.id, role: me.role, roomRole: room.role }, 'bans.list', { room })
  const [query, setQuery] = useState('')
  const { members, left, unreachable, next } = useMembers(room.id, listed, memberCount, query.trim())
  return (
    <RoomPanel room={room.id} label={t('rooms.members')} heading={t('rooms.membersNumber', { count: memberCount })}>
      {noAdding === 'email_unverified' && <p className="members-more">{t('rooms.addNeedsEmail')}</p>}
      {noAdding === undefined && (
        <div className="members-add">
          <Button fullWidth variant="outlined" startIcon={<PersonAddAlt1Rounded />} onClick={() => setAdding(true)}>
            {t('rooms.addPeople')}
          </Button>
        </div>
      )}
      {memberCount > SEARCHED_FROM && <SearchField className="members-search" label={t('rooms.findMember')} value={query} onChange={setQuery} />}
      <div className="members-list">
        {byRole(members).map((group) => (
          <section key={group.role} aria-labelledby={`members-${group.role}`}>
            <h3 id={`members-${group.role}`} className="members-role">
              {t(group.title)}
            </h3>
            <ul>
              {group.members.map((member) => (
                <MemberRow
                  key={member.id}
                  room={room}
                  member={member}
                  onBanned={({ id, username, displayName }, reason) => setBanned((before) => [...before.filter(({ user }) => user.id !== id), { user: { id, username, displayName }, reason }])}
                />
              ))}
            </ul>
          </section>
        ))}
        {members.length === 0 && query.trim() !== '' && <p className="members-more">{t('rooms.nobodyHereCalled', { query: query.trim() })}</p>}
        {unreachable && <p className="members-more">{t('rooms.othersWhenOnline')}</p>}
        {left > 0 && (
          <Button fullWidth variant="outlined" onClick={next}>
            {t('rooms.showMoreNumber', { number: left })}
          </Button>
        )}
      </div>
      {maySeeBans && <BannedList room={room.id} fresh={banned} />}
      <AddPeopleDialog room={room} members={listed} open={adding} onClose={() => setAdding(false)} />
    </RoomPanel>
  )
}

const NOBODY: readonly MemberView[] = []
/** A handful of people needs no search. */
const SEARCHED_FROM = 10
