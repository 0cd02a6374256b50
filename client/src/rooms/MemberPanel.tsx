import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import CloseRounded from '@mui/icons-material/CloseRounded'
import PersonAddAlt1Rounded from '@mui/icons-material/PersonAddAlt1Rounded'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import { can, refusal } from '@chatflow/shared/permissions'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import type { MemberView, RoomView } from '../chat/contract.ts'
import { plural } from '../ui/plural.ts'
import { AddPeopleDialog } from './AddPeopleDialog.tsx'
import { BannedList, type BannedView } from './BannedList.tsx'
import { MemberRow } from './MemberRow.tsx'
import './member-panel.css'

interface Props {
  room: RoomView
  members: readonly MemberView[]
  /** May be more than are listed. */
  memberCount: number
}

/** Who is in the room, and with what role. A panel beside it, on a phone a page over it. */
export function MemberPanel({ room, members, memberCount }: Props) {
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const [banned, setBanned] = useState<readonly BannedView[]>([])
  const noAdding = refusal({ id: me.id, role: me.role, roomRole: room.role, verified: me.emailVerified }, 'member.add', { room })
  const maySeeBans = can({ id: me.id, role: me.role, roomRole: room.role }, 'bans.list', { room })
  const close = () => navigate({ room: room.id }, { replace: true })
  const sorted = [...members].sort(compareMembers)
  return (
    <aside className="members" aria-label="Members">
      <div className="members-head">
        <IconButton className="members-back" aria-label="Back to the room" onClick={close}>
          <ArrowBackRounded />
        </IconButton>
        <h2 className="members-title">{plural(memberCount, 'member')}</h2>
        <IconButton className="members-close" aria-label="Close members" onClick={close}>
          <CloseRounded />
        </IconButton>
      </div>
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
    </aside>
  )
}

const RANK = { owner: 0, moderator: 1, member: 2, reader: 3 } as const

/** By role, then by who is there, then by name. */
function compareMembers(a: MemberView, b: MemberView): number {
  const here = (member: MemberView) => (member.presence === 'online' ? 0 : member.presence === 'away' ? 1 : 2)
  return RANK[a.role] - RANK[b.role] || here(a) - here(b) || a.displayName.localeCompare(b.displayName)
}
