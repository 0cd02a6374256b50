import type { RoomRole } from '@chatflow/shared/roles'
import type { MemberView } from '../chat/views.ts'
import type { PlainKey } from '../i18n/words.ts'

/** Both lists, each person once, as the first one has them. */
export function mergeMembers(first: readonly MemberView[], second: readonly MemberView[]): MemberView[] {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...second.filter(({ id }) => !known.has(id))]
}

/** Is the query a part of a name, whatever its case? */
export function matchesMember({ username, displayName }: MemberView, query: string): boolean {
  const wanted = query.trim().toLocaleLowerCase()
  return wanted === '' || username.toLowerCase().includes(wanted) || displayName.toLocaleLowerCase().includes(wanted)
}

interface RoleGroup {
  role: RoomRole
  /** Key of its name. */
  title: PlainKey
  members: MemberView[]
}

const GROUPS: readonly { role: RoomRole; title: PlainKey }[] = [
  { role: 'owner', title: 'rooms.owners' },
  { role: 'moderator', title: 'rooms.moderators' },
  { role: 'member', title: 'rooms.members' },
  { role: 'reader', title: 'rooms.readers' },
]

/** By role; in each, who is online comes first, then who is away, then the others, by name. Roles that nobody has are left out. */
export function byRole(members: readonly MemberView[]): RoleGroup[] {
  return GROUPS.map(({ role, title }) => ({ role, title, members: members.filter((member) => member.role === role).sort(compareMembers) })).filter((group) => group.members.length > 0)
}

function compareMembers(a: MemberView, b: MemberView): number {
  const here = ({ presence }: MemberView) => (presence === 'online' ? 0 : presence === 'away' ? 1 : 2)
  return here(a) - here(b) || a.displayName.localeCompare(b.displayName)
}
