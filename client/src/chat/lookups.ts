import type { DirectoryRooms } from '@chatflow/shared/api/chat'
import type { ChatCore } from '../sync/chat-core.ts'
import type { ChatActions } from './contract.ts'
import { personView, presencesOf, withPresence } from './people-view.ts'

/** What is asked for when somebody wants to see it, of the server or, without one, of this device. */
export type Lookups = Pick<ChatActions, 'knownPeople' | 'findUsers' | 'findRooms' | 'browseRooms' | 'findMembers' | 'findSeqAt' | 'previewImage'>

const LOOKUP_LIMIT = 50

/** `core()` throws while nobody is signed in. */
export function createLookups(core: () => ChatCore): Lookups {
  async function browse(query: string, offset: number): Promise<DirectoryRooms> {
    const here = core()
    try {
      return await here.api.rooms(query, offset)
    } catch {
      const wanted = query.trim().toLocaleLowerCase()
      const rooms = [...here.mine.rooms()].flatMap(([room, { kind, name }]) => {
        if (kind !== 'public' || !name.toLocaleLowerCase().includes(wanted)) return []
        return [{ room, name, topic: here.summaries.get(room).topic, members: here.rooms.held(room)?.members().size ?? 0, joined: true }]
      })
      return { rooms, more: false }
    }
  }

  return {
    knownPeople() {
      const here = core()
      const presences = presencesOf(here, (key) => here.mine.setting(key))
      return here.people.ids().filter((id) => id !== here.user.id).map((id) => withPresence(here, personView(here, id), presences))
    },
    async findUsers(query) {
      const here = core()
      try {
        const users = await here.api.users(query)
        for (const user of users) here.people.meet(user.id, user)
        return users
      } catch {
        return here.people.find(query, LOOKUP_LIMIT).filter((person) => person.id !== here.user.id)
      }
    },
    async findSeqAt(room, time) {
      const here = core()
      try {
        const { seq, head } = await here.api.seqAt(room, time)
        return seq > head ? undefined : seq
      } catch {
        return here.storedLog(room).firstAt(time)
      }
    },
    async findRooms(query) {
      return (await browse(query, 0)).rooms
    },
    browseRooms: browse,
    async findMembers(room, query, offset) {
      const here = core()
      try {
        const { members, total } = await here.api.members(room, query, offset)
        const presences = presencesOf(here, (key) => here.mine.setting(key))
        return { members: members.map((member) => withPresence(here, member, presences)), total }
      } catch {
        return undefined
      }
    },
    async previewImage(room, image) {
      try {
        return await core().api.previewImage(room, image)
      } catch {
        return undefined
      }
    },
  }
}
