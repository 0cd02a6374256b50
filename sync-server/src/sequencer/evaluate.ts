import type { Command } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { memberFamily } from './commands/member.ts'
import { messageFamily } from './commands/message.ts'
import { reportFamily } from './commands/report.ts'
import { roomFamily } from './commands/room.ts'
import { Rejection } from './rejection.ts'
import type { RoomState } from './room-state.ts'

/**
 * Evaluates one command of a room against its state under the lock.
 * Answers the `seq` of the message it made, or null. Throws `Rejection`; then nothing has changed.
 */
export function evaluate(state: RoomState, user: Id, command: Command): number | null {
  switch (command.type) {
    case 'message.send': return messageFamily['message.send'](state, user, command)
    case 'message.edit': return messageFamily['message.edit'](state, user, command)
    case 'message.delete': return messageFamily['message.delete'](state, user, command)
    case 'message.react': return messageFamily['message.react'](state, user, command)
    case 'message.preview': return messageFamily['message.preview'](state, user, command)
    case 'message.pin': return messageFamily['message.pin'](state, user, command)
    case 'room.create': return roomFamily['room.create'](state, user, command)
    case 'room.update': return roomFamily['room.update'](state, user, command)
    case 'room.join': return roomFamily['room.join'](state, user, command)
    case 'room.leave': return roomFamily['room.leave'](state, user, command)
    case 'room.archive': return roomFamily['room.archive'](state, user, command)
    case 'room.unarchive': return roomFamily['room.unarchive'](state, user, command)
    case 'room.read': return roomFamily['room.read'](state, user, command)
    case 'room.unread': return roomFamily['room.unread'](state, user, command)
    case 'member.add': return memberFamily['member.add'](state, user, command)
    case 'member.remove': return memberFamily['member.remove'](state, user, command)
    case 'member.role': return memberFamily['member.role'](state, user, command)
    case 'member.ban': return memberFamily['member.ban'](state, user, command)
    case 'member.unban': return memberFamily['member.unban'](state, user, command)
    case 'message.report': return reportFamily['message.report'](state, user, command)
    case 'report.resolve': return reportFamily['report.resolve'](state, user, command)
    case 'draft.set':
    case 'me.set':
    case 'message.schedule':
    case 'message.reschedule':
    case 'message.unschedule':
      throw new Rejection('invalid_command')
  }
}
