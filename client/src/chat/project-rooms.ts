import type { Draft } from '@chatflow/shared/entry'
import { readLevel } from '@chatflow/shared/notify/notify-settings'
import type { Id } from '@chatflow/shared/ids'
import type { RoomKind, RoomRole } from '@chatflow/shared/roles'
import { t } from '../i18n/translate.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import { countUnread, estimateUnread } from '../sync/unread.ts'
import type { RoomView } from './views.ts'
import { emptyRoom, type Overlay, type RoomOverlay } from './overlay.ts'
import { personView, presencesOf, withPresence } from './people-view.ts'
import { readPreferences } from './preferences.ts'
import { rejectionOf } from './rejection.ts'
import { SETTINGS } from './settings.ts'

const NOTHING = emptyRoom()

/** The list of rooms: the user document with own commands laid over it. */
export function projectRooms(core: ChatCore, overlay: Overlay): RoomView[] {
  const views: RoomView[] = []
  const rooms = new Set<Id>(core.mine.rooms().keys())
  for (const [room, over] of overlay.rooms) {
    // What was written into a room that is gone stays reachable.
    if (over.create || over.join || over.pending.length > 0) rooms.add(room)
  }
  const mentions = core.mine.mentions()
  const setting = settingOf(core, overlay)
  const presences = presencesOf(core, setting)
  const { notify } = readPreferences(setting)
  for (const room of rooms) {
    const over = overlay.rooms.get(room) ?? NOTHING
    if (over.leaving && over.pending.length === 0) continue
    const identity = identify(core, room, over)
    const cursor = cursorOf(core, room, over)
    const replica = core.rooms.held(room)
    const summary = core.summaries.get(room)
    const readTo = unreadAfter(core, room, over)
    const partners = identity.with.map((id) => withPresence(core, personView(core, id, replica), presences, replica))
    const level = readLevel(setting(SETTINGS.level(room)))
    const lastOwn = over.pending.at(-1)?.enteredAt ?? over.create?.enteredAt ?? over.join?.enteredAt ?? 0
    const refused = over.create?.status === 'rejected' ? rejectionOf(over.create) : undefined
    views.push({
      id: room,
      kind: identity.kind,
      name: identity.kind === 'dm' ? partners.map((person) => person.displayName).join(', ') || t('chat.directConversation') : identity.name,
      topic: over.topic ?? identity.topic ?? replica?.info.topic ?? summary.topic,
      role: identity.role,
      with: partners,
      head: replica?.shownHead ?? summary.head,
      cursor,
      unread: replica && replica.highest > 0 ? countUnread(replica, readTo, core.user.id) : estimateUnread(summary, readTo),
      mentions: mentions.filter((mention) => mention.room === room && mention.seq > readTo).length,
      archived: over.archived ?? replica?.info.archived ?? summary.archived,
      starred: setting(SETTINGS.star(room)) === true,
      muted: level === 'none',
      ...(level === undefined ? {} : { ownLevel: level }),
      level: level ?? notify,
      draft: hasDraft(core, room, over),
      waiting: over.create?.status === 'waiting' || over.join?.status === 'waiting',
      ...(refused ? { rejection: refused } : {}),
      lastActivityAt: Math.max(lastOwn, summary.lastAt, replica?.entry(replica.highest)?.receivedAt ?? 0),
    })
  }
  return views
}

/** A setting with own commands laid over it. */
export function settingOf(core: ChatCore, overlay: Overlay): (key: string) => unknown {
  return (key) => (overlay.settings.has(key) ? overlay.settings.get(key) : core.mine.setting(key))
}

function cursorOf(core: ChatCore, room: Id, over: RoomOverlay): number {
  return Math.max(core.mine.cursor(room), over.read)
}

/** What lies after this counts as unread: the cursor, or less where the person marked something as unread. */
export function unreadAfter(core: ChatCore, room: Id, over: RoomOverlay): number {
  // The server counts nothing from before somebody came; until it has said so, neither does this device.
  if (over.join !== undefined && core.mine.room(room) === undefined) return Infinity
  const cursor = cursorOf(core, room, over)
  const mark = over.unreadMark ?? core.mine.unreadMark(room) ?? 0
  return mark > 0 ? Math.min(cursor, mark - 1) : cursor
}

/** Something begun waits in the room or in one of its conversations. */
function hasDraft(core: ChatCore, room: Id, over: RoomOverlay): boolean {
  if (draftOf(core.mine.draft(room), over).text !== '') return true
  return [...new Map([...core.mine.threadDrafts(room), ...over.drafts]).values()].some(({ text }) => text !== '')
}

export function draftOf(stored: Draft | undefined, over: RoomOverlay): { text: string; replyTo?: Id } {
  return over.draft ?? stored ?? { text: '' }
}

interface Identity {
  kind: RoomKind
  name: string
  role: RoomRole
  with: Id[]
  topic?: string
}

function identify(core: ChatCore, room: Id, over: RoomOverlay): Identity {
  const mine = core.mine.room(room)
  if (mine) return { kind: mine.kind, name: over.name ?? mine.name, role: mine.role, with: mine.with ?? [] }
  const command = over.create?.command
  if (command?.type === 'room.create') {
    if (command.kind === 'dm') return { kind: 'dm', name: '', role: 'member', with: command.members.filter((id) => id !== core.user.id) }
    return { kind: command.kind, name: over.name ?? command.name, role: 'owner', with: [], topic: command.topic ?? '' }
  }
  const known = core.summaries.get(room)
  return { kind: known.kind, name: known.name || t('chat.room'), role: over.join ? 'member' : 'reader', with: known.with }
}
