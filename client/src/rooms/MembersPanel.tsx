import PersonAddAlt1Rounded from '@mui/icons-material/PersonAddAlt1Rounded'
import Button from '@mui/material/Button'
import { can, refusal } from '@chatflow/shared/permissions'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import type { MemberView } from '../chat/contract.ts'
import { plural } from '../ui/plural.ts'
import { AddPeopleDialog } from './AddPeopleDialog.tsx'
import { BannedList, type BannedView } from './BannedList.tsx'
import { MemberRow } from './MemberRow.tsx'
import { RoomPanel } from './RoomPanel.tsx'
import type { PanelProps } from './RoomPanel.tsx'
import './members-panel.css'

/** Who is in the room, and with what role. */
export function MembersPanel({ room, timeline }: PanelProps) {
  const members = timeline?.members ?? NOBODY
  /** May be more than are listed. */
  const memberCount = timeline?.memberCount ?? 0
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const [banned, setBanned] = useState<readonly BannedView[]>([])
  const noAdding = refusal({ id: me.id, role: me.role, roomRole: room.role, verified: me.emailVerified }, 'member.add', { room })
  const maySeeBans = can({ id: me.id, role: me.role, roomRole: room.role }, 'bans.list', { room })
  const sorted = [...members].sort(compareMembers)
  return (
    <RoomPanel room={room.id} label="Members" heading={plural(memberCount, 'member')}>
      {noAdding === 'email_unverified' && <p className="members-more">Confirm your email address to add people.</p>}
      {noAdding === undefined && (
        <div className="members-add">
          <Button fullWidth variant="outlined" startIcon={<PersonAddAlt1Rounded />} onClick={() => setAdding(true)}>
            Add people
          </Button>
        </div>
      )}
      <ul className="members-list">
        {sorted.map((member) => (
          <MemberRow key={member.id} room={room} member={member} onBanned={({ id, displayName }, reason) => setBanned((before) => [...before.filter(({ user }) => user.id !== id), { user: { id, displayName }, reason }])} />
        ))}
      </ul>
      {memberCount > members.length && <p className="members-more">and {plural(memberCount - members.length, 'other')}</p>}
      {maySeeBans && <BannedList room={room.id} fresh={banned} />}
      <AddPeopleDialog room={room} members={members} open={adding} onClose={() => setAdding(false)} />
    </RoomPanel>
  )
}

const NOBODY: readonly MemberView[] = []
const RANK = { owner: 0, moderator: 1, member: 2, reader: 3 } as const

/** By role, then by who is there, then by name. */
function compareMembers(a: MemberView, b: MemberView): number {
  const here = (member: MemberView) => (member.presence === 'online' ? 0 : member.presence === 'away' ? 1 : 2)
  return RANK[a.role] - RANK[b.role] || here(a) - here(b) || a.displayName.localeCompare(b.displayName)
}
