import type { CommandOf } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { mentionsRoom } from '@chatflow/shared/mentions'
import { LIMITS } from '@chatflow/shared/limits'
import { previewLinks } from '@chatflow/shared/links'
import { type Action, can } from '@chatflow/shared/permissions'
import type { Said } from '../effects.ts'
import { Rejection } from '../rejection.ts'
import type { RoomState } from '../room-state.ts'
import type { MessageRow } from '../rows.ts'

/** Each evaluates one command of the family and answers the `seq` that the command made, or null. */
export const messageFamily = {
  'message.send': (state: RoomState, user: Id, command: CommandOf<'message.send'>): number => {
    mayIn(state, user, 'message.send')
    // File uploads have no store yet: a file that cannot exist is said to be missing rather than dropped from the message.
    if (command.files !== undefined && command.files.length > 0) throw new Rejection('file_not_found')
    if (command.text.trim() === '') throw new Rejection('text_empty')
    const replyTo = command.replyTo === undefined ? undefined : state.message(command.replyTo)
    return state.append({ id: command.id, by: user, sentAt: command.at, text: command.text, replyTo, mentionsRoom: mentionsAll(state, user, command.text) }).seq
  },

  'message.edit': (state: RoomState, user: Id, command: CommandOf<'message.edit'>): null => {
    const row = targetOf(state, user, 'message.edit', command.message)
    if (command.text.trim() === '') throw new Rejection('text_empty')
    if (row.text === command.text) return null
    state.dropMentions(row)
    const before = new Set(row.mentions)
    const everyoneBefore = row.mentions_room
    const mentions = state.mentioned(command.text)
    const { text } = row
    row.text = command.text
    row.mentions = mentions.length === 0 ? null : mentions
    row.mentions_room = mentionsAll(state, user, command.text)
    row.edited_at = Math.max(state.now, row.received_at)
    state.followLinks(row, text)
    state.touch(row)
    state.addMentions(row, mentions)
    for (const gone of before) state.changed.users.add(gone)
    const anew: Said['anew'] = mentions.filter((id) => !before.has(id))
    if (row.mentions_room && !everyoneBefore) anew.push('everyone')
    if (anew.length > 0) state.changed.said.push({ seq: row.seq, anew })
    return null
  },

  'message.delete': (state: RoomState, user: Id, command: CommandOf<'message.delete'>): null => {
    const { room, actor } = state.reach(user)
    const row = state.message(command.message)
    if (row.deleted) return null
    if (row.event !== null) throw new Rejection('forbidden')
    if (!can(actor, 'message.delete', { room: { kind: room.kind }, author: row.by_user })) throw new Rejection('forbidden')
    erase(state, user, row)
    return null
  },

  'message.react': (state: RoomState, user: Id, command: CommandOf<'message.react'>): null => {
    const row = targetOf(state, user, 'message.react', command.message)
    const all = state.reactions.get(row.id) ?? []
    state.reactions.set(row.id, all)
    const own = all.find((reaction) => reaction.user_id === user && reaction.emoji === command.emoji)
    if ((own?.active ?? false) === command.on) return null
    if (command.on) {
      const active = all.filter((reaction) => reaction.active)
      const emojis = new Set(active.map((reaction) => reaction.emoji))
      if (!emojis.has(command.emoji) && emojis.size >= LIMITS.emojiPerMessage) throw new Rejection('too_many_reactions')
      if (active.filter((reaction) => reaction.emoji === command.emoji).length >= LIMITS.usersPerEmoji) throw new Rejection('too_many_reactions')
    }
    const rev = state.nextRev()
    const reaction = own ?? { seq: row.seq, emoji: command.emoji, user_id: user, rev, active: false }
    if (own === undefined) all.push(reaction)
    reaction.rev = rev
    reaction.active = command.on
    state.changed.reactions.add(Object.assign(reaction, { message: row.id }))
    return null
  },

  'message.preview': (state: RoomState, user: Id, command: CommandOf<'message.preview'>): null => {
    const row = targetOf(state, user, 'message.preview', command.message)
    const off = row.previews_off ?? []
    if (!previewLinks(row.text).includes(command.url) || off.includes(command.url) === !command.on) return null
    row.previews_off = command.on ? off.filter((url) => url !== command.url) : [...off, command.url]
    state.keepPreviews(row, (preview) => command.on || preview.url !== command.url)
    state.followLinks(row)
    state.touch(row)
    return null
  },

  'message.pin': (state: RoomState, user: Id, command: CommandOf<'message.pin'>): null => {
    const row = targetOf(state, user, 'message.pin', command.message)
    if (row.pinned === command.on) return null
    if (command.on && state.pins >= LIMITS.pinsPerRoom) throw new Rejection('too_many_pins')
    row.pinned = command.on
    state.pins += command.on ? 1 : -1
    state.changed.document = true
    state.touch(row)
    return null
  },
}

/** Leaves nothing of a message but its place, its author and, if it was not the author, who deleted it (R6). */
export function erase(state: RoomState, by: Id, row: MessageRow): void {
  state.dropMentions(row)
  state.forgetAnswer(row)
  // The room tells devices that something was deleted, wherever in its log they do not look.
  state.changed.document = true
  const other = by === row.by_user ? null : by
  const { text } = row
  Object.assign(row, { text: '', files: null, mentions: null, mentions_room: false, pinned: false, edited_at: null, deleted: true, deleted_by: other })
  state.followLinks(row, text)
  state.touch(row)
  for (const reaction of state.reactions.get(row.id) ?? []) {
    if (!reaction.active) continue
    reaction.active = false
    reaction.rev = row.rev
    state.changed.reactions.add(Object.assign(reaction, { message: row.id }))
  }
  if (other !== null) state.record({ actor: by, action: 'message.deleted_by_other', target: { kind: 'message', id: row.id }, details: { seq: row.seq, author: row.by_user } })
}

/** Everyone is meant: of those who may not, it stays a word. */
function mentionsAll(state: RoomState, user: Id, text: string): boolean {
  if (!mentionsRoom(text)) return false
  const { room, actor } = state.membership(user)
  return can(actor, 'room.mention', { room: { kind: room.kind, archived: room.archived_at !== null } })
}

function mayIn(state: RoomState, user: Id, action: Action, author?: Id): void {
  const { room, actor } = state.membership(user)
  const target = { kind: room.kind, archived: room.archived_at !== null }
  if (can(actor, action, { room: target, author })) return
  throw new Rejection(target.archived && can(actor, action, { room: { kind: room.kind }, author }) ? 'room_archived' : 'forbidden')
}

/** The living message that a command is about, once the actor may do this to it. */
function targetOf(state: RoomState, user: Id, action: Action, message: Id): MessageRow {
  const { room } = state.membership(user)
  const row = state.message(message)
  if (row.room_id !== room.id) throw new Rejection('message_not_found')
  if (row.deleted) throw new Rejection('message_deleted')
  if (row.event !== null && action !== 'message.react') throw new Rejection('forbidden')
  mayIn(state, user, action, row.by_user)
  return row
}
