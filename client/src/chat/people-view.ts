import type { Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { statusAt } from '@chatflow/shared/own-settings'
import { t } from '../i18n/translate.ts'
import { shownName } from '../people/shown-name.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import type { RoomReplica } from '../sync/room-replica.ts'
import type { PersonView } from './views.ts'
import { readPreferences } from './preferences.ts'
import { SETTINGS } from './settings.ts'

/** A person by id, from the room, from whoever was met on this device, else nameless. */
export function personView(core: ChatCore, id: Id, replica?: RoomReplica): PersonView {
  const person: Person | undefined = id === core.user.id ? core.user : (replica?.person(id) ?? core.people.get(id))
  return {
    id,
    username: person?.username ?? 'unknown',
    displayName: person === undefined ? t('chat.unknownPerson') : shownName(person),
    ...(person?.avatar === undefined ? {} : { avatar: person.avatar }),
  }
}

/** What is known of others at one moment. */
interface Presences {
  /** None while the person is offline, or does not show their own. */
  statuses: ReadonlyMap<Id, 'online' | 'away'>
  shown: boolean
  now: number
  /** Of the person themselves, with own commands laid over it. */
  own: unknown
}

/** Whom one sees: nobody while offline, and nobody for somebody who does not show themselves. `setting`: own commands laid over them, where there are any. */
export function presencesOf(core: ChatCore, setting: (key: string) => unknown): Presences {
  return { statuses: core.presence.statuses(), shown: core.isOnline && readPreferences(setting).showPresence, now: core.now(), own: setting(SETTINGS.status) }
}

/** The person with what changes by itself: whether they are here, or when they were, and what they say of themselves. */
export function withPresence<P extends PersonView>(core: ChatCore, person: P, { statuses, shown, now, own }: Presences, replica?: RoomReplica): P {
  const me = person.id === core.user.id
  const status = statusAt(me ? own : (replica?.status(person.id) ?? core.mine.status(person.id)), now)
  const presence = !shown ? undefined : me ? 'online' : statuses.get(person.id)
  const lastSeen = shown && presence === undefined ? core.presence.lastSeen(person.id) : undefined
  return {
    ...person,
    ...(presence === undefined ? {} : { presence }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    ...(status === undefined ? {} : { status }),
  }
}
