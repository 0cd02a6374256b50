import { CodedError } from '@chatflow/shared/errors'
import { dmRoomId, type Id } from '@chatflow/shared/ids'
import { sentence } from '../i18n/sentence.ts'
import type { Sentence } from '../i18n/sentence.ts'
import { StoreError } from '../platform/command-store.ts'
import type { ChatCore, NewCommand } from '../sync/chat-core.ts'
import type { NotificationActions } from '../notify/notification-center.ts'
import type { AccountActions } from './account-actions.ts'
import type { ChatActions } from './contract.ts'
import type { Lookups } from './lookups.ts'
import { reschedule, unschedule } from './scheduling.ts'
import { SETTINGS } from './settings.ts'

/** Actions that are commands of whoever is signed in. */
export type CoreActions = Omit<ChatActions, 'register' | 'signIn' | 'signInWith' | 'confirm' | 'cancelConfirmation' | 'addPasskey' | 'signOut' | keyof AccountActions | keyof Lookups | 'refreshAccount' | 'openRoom' | 'prepareRoom' | 'showRange' | 'alsoShow' | 'openThread' | 'openNotes' | 'discardNotes' | 'showOlderAnswers' | 'markAllRead' | 'readMentions' | 'search' | 'searchMore' | 'holdResults' | keyof NotificationActions | 'dismissNotice' | 'applyUpdate'>

/** `core()` throws while nobody is signed in; `newId` names rooms; `tell` shows what belongs to no message. */
export function createCoreActions(core: () => ChatCore, newId: () => Id, tell: (text: Sentence) => void): CoreActions {
  const enqueue = async (command: NewCommand): Promise<void> => {
    await core().enqueue(command)
  }
  /** For what has no composer to go back to: the person is told, and nothing throws into the screen. */
  const attempt = (command: NewCommand): void => {
    enqueue(command).catch((error: unknown) => tell(sentenceOf(error)))
  }

  return {
    async sendMessage(room, text, options) {
      await enqueue({ type: 'message.send', room, text, ...(options?.replyTo === undefined ? {} : { replyTo: options.replyTo }) })
    },
    async editMessage(room, message, text) {
      await enqueue({ type: 'message.edit', room, message, text })
    },
    async deleteMessage(room, message) {
      const { queue } = core()
      const record = queue.get(message)
      if (record?.status === 'rejected') await queue.discard(message)
      else if (!(await queue.cancel(message))) await enqueue({ type: 'message.delete', room, message })
    },
    async react(room, message, emoji, on) {
      await enqueue({ type: 'message.react', room, message, emoji, on })
    },
    async pin(room, message, on) {
      await enqueue({ type: 'message.pin', room, message, on })
    },

    async setPreview(room, message, url, on) {
      await enqueue({ type: 'message.preview', room, message, url, on })
    },

    async retry(command) {
      await core().queue.retry(command)
    },
    async discard(command) {
      await core().queue.discard(command)
    },

    async createRoom({ kind, name, topic, members = [] }) {
      const room = newId()
      await enqueue({ type: 'room.create', room, kind, name: name.trim(), members, ...(topic === undefined ? {} : { topic }) })
      return room
    },
    async startDirect(users) {
      const here = core()
      const room = dmRoomId([here.user.id, ...users])
      // Hidden on this device, perhaps, which the server need not know yet.
      const last = here.queue.list().findLast(({ command, status }) => (command.type === 'room.create' || command.type === 'room.leave') && command.room === room && status !== 'rejected')
      const hidden = last?.command.type === 'room.leave'
      if (hidden && (await here.queue.cancel(last.id))) return room
      const coming = last?.command.type === 'room.create' && last.status === 'waiting'
      if (hidden || (here.mine.room(room) === undefined && !coming)) await enqueue({ type: 'room.create', room, kind: 'dm', members: users })
      return room
    },
    async joinRoom({ room, name, topic }) {
      core().summaries.learn(room, { name, topic, kind: 'public' })
      await enqueue({ type: 'room.join', room })
    },
    async leaveRoom(room) {
      await enqueue({ type: 'room.leave', room })
    },
    async updateRoom(room, change) {
      await enqueue({ type: 'room.update', room, ...change })
    },
    async archiveRoom(room) {
      await enqueue({ type: 'room.archive', room })
    },
    async unarchiveRoom(room) {
      await enqueue({ type: 'room.unarchive', room })
    },
    async addMember(room, user) {
      await enqueue({ type: 'member.add', room, user })
    },
    async removeMember(room, user) {
      await enqueue({ type: 'member.remove', room, user })
    },
    async setMemberRole(room, user, role) {
      await enqueue({ type: 'member.role', room, user, role })
    },
    async banMember(room, user, reason) {
      await enqueue({ type: 'member.ban', room, user, ...(reason === undefined ? {} : { reason }) })
    },
    async unbanMember(room, user) {
      await enqueue({ type: 'member.unban', room, user })
    },
    async reportMessage(room, message, report) {
      await enqueue({ type: 'message.report', room, message, ...report })
    },
    async resolveReport(room, report, decision) {
      await enqueue({ type: 'report.resolve', room, report, ...decision })
    },
    async setSetting(key, value) {
      // Whatever JSON can say; anything else is refused by the schema.
      await enqueue({ type: 'me.set', key, value: value as Extract<NewCommand, { type: 'me.set' }>['value'] })
    },
    async scheduleMessage(room, text, { replyTo, sendAt }) {
      await enqueue({ type: 'message.schedule', room, text, sendAt, ...(replyTo === undefined ? {} : { replyTo }) })
    },
    rescheduleMessage: (scheduled, change) => reschedule(core(), scheduled, change),
    unscheduleMessage: (scheduled) => unschedule(core(), scheduled),
    async setStatus(status) {
      await enqueue({ type: 'me.set', key: SETTINGS.status, value: status === undefined ? null : { ...status } })
    },

    markRead(room, seq) {
      const here = core()
      const marked = (here.mine.unreadMark(room) ?? 0) > 0
      const newest = here.queue.list().reduce((read, { command, status }) => (command.type === 'room.read' && command.room === room && status !== 'rejected' ? Math.max(read, command.seq) : read), here.mine.cursor(room))
      if (seq > newest || (marked && seq >= newest)) attempt({ type: 'room.read', room, seq })
    },
    markUnread(room, seq) {
      attempt({ type: 'room.unread', room, seq })
    },
    setTyping(room, typing) {
      core().presence.setTyping(room, typing)
    },
    setDraft(room, text, replyTo, thread) {
      attempt({ type: 'draft.set', room, text, ...(replyTo === undefined ? {} : { replyTo }), ...(thread === undefined ? {} : { thread }) })
    },
    setEdit(room, edit, thread) {
      core().edits.set(room, edit, thread).catch((error: unknown) => tell(sentenceOf(error)))
    },
  }
}

function sentenceOf(error: unknown): Sentence {
  if (error instanceof CodedError) return sentence(`errors.${error.code}`)
  return sentence(error instanceof StoreError && error.code === 'full' ? 'chat.storeFull' : 'chat.storeFailed')
}
