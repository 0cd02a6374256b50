import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { ROOM_ROLES } from '../roles.ts'
import { text } from '../text.ts'
import { id, inRoom } from './base.ts'

export const memberCommands = {
  'member.add': inRoom('member.add', { user: id }),
  'member.remove': inRoom('member.remove', { user: id }),
  /** Takes the person out and keeps them out until `member.unban`. `reason` is for those who moderate the room. */
  'member.ban': inRoom('member.ban', { user: id, reason: text(1, LIMITS.banReason).optional() }),
  'member.unban': inRoom('member.unban', { user: id }),
  'member.role': inRoom('member.role', { user: id, role: z.enum(ROOM_ROLES) }),
}
