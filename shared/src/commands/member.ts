import { z } from 'zod'
import { ROOM_ROLES } from '../roles.ts'
import { id, inRoom } from './base.ts'

export const memberCommands = {
  'member.add': inRoom('member.add', { user: id }),
  'member.remove': inRoom('member.remove', { user: id }),
  'member.role': inRoom('member.role', { user: id, role: z.enum(ROOM_ROLES) }),
}
