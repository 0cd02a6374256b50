import type { Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import type { RoomReplica } from '../sync/room-replica.ts'
import type { PersonView } from './contract.ts'

/** A person by id, from the room, from whoever was met on this device, else nameless. */
export function personView(core: ChatCore, id: Id, replica?: RoomReplica): PersonView {
  const person: Person | undefined = id === core.user.id ? core.user : (replica?.person(id) ?? core.people.get(id))
  return {
    id,
    username: person?.username ?? 'unknown',
    displayName: person?.displayName ?? 'Unknown person',
    ...(person?.avatar === undefined ? {} : { avatar: person.avatar }),
  }
}

export function withPresence(core: ChatCore, person: PersonView, statuses: ReturnType<ChatCore['presence']['statuses']>): PersonView {
  if (!core.isOnline) return person
  const presence = person.id === core.user.id ? 'online' : statuses.get(person.id)
  return presence === undefined ? person : { ...person, presence }
}
