import type { ChatCore } from '../sync/chat-core.ts'
import type { MentionView } from './views.ts'
import { emptyRoom, type Overlay } from './overlay.ts'
import { personView } from './people-view.ts'
import { unreadAfter } from './project-rooms.ts'

const NOTHING = emptyRoom()

/** Where the person was mentioned, the newest first; `read`: of so many the text is read, from what is here or can be fetched. */
export function projectMentions(core: ChatCore, overlay: Overlay, read: number): MentionView[] {
  const mentions = core.mine.mentions().toReversed()
  core.excerpts.want(mentions.slice(0, read))
  return mentions.map((mention) => {
    const { room, seq, by, at } = mention
    const over = overlay.rooms.get(room) ?? NOTHING
    const entry = core.excerpts.entry(mention) ?? core.rooms.held(room)?.entry(seq)
    const known = core.people.get(by) ?? core.excerpts.person(mention, by)
    const deleted = entry?.deleted === true || (entry !== undefined && over.messages.get(entry.id)?.deleted === true)
    return {
      id: `${room}/${seq}`,
      room,
      seq,
      by: known === undefined ? personView(core, by) : { id: by, ...known },
      at,
      unread: seq > unreadAfter(core, room, over),
      ...(deleted ? { deleted } : entry === undefined ? {} : { text: entry.text }),
    }
  })
}
