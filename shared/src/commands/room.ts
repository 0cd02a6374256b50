import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { text } from '../text.ts'
import { id, inRoom, seq } from './base.ts'

const name = text(1, LIMITS.roomName).refine((value) => value.trim() === value, 'blank at an end')

export const roomCommands = {
  'room.create': z.discriminatedUnion('kind', [
    inRoom('room.create', {
      kind: z.enum(['public', 'private']),
      name,
      topic: text(0, LIMITS.roomTopic).optional(),
      members: z.array(id).max(LIMITS.membersInvitedAtOnce),
    }),
    inRoom('room.create', { kind: z.literal('dm'), members: z.array(id).min(1).max(LIMITS.membersInDm) }),
  ]),
  'room.update': inRoom('room.update', { name: name.optional(), topic: text(0, LIMITS.roomTopic).optional() }),
  'room.join': inRoom('room.join', {}),
  'room.leave': inRoom('room.leave', {}),
  'room.archive': inRoom('room.archive', {}),
  'room.unarchive': inRoom('room.unarchive', {}),
  'room.read': inRoom('room.read', { seq }),
  'room.unread': inRoom('room.unread', { seq }),
}
