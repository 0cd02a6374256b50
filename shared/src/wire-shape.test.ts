import { expect, it } from 'vitest'
import { z } from 'zod'
import { meCommands } from './commands/me.ts'
import { memberCommands } from './commands/member.ts'
import { messageCommands } from './commands/message.ts'
import { reportCommands } from './commands/report.ts'
import { roomCommands } from './commands/room.ts'
import { scheduleCommands } from './commands/schedule.ts'
import { ERRORS } from './errors.ts'
import { OWN_SETTINGS } from './own-settings.ts'
import { LIMITS, PROTOCOL_OLDEST, PROTOCOL_VERSION } from './limits.ts'

/**
 * What clients, bots and servers of different age say to each other. If this fails, the wire has changed: decide whether older clients
 * can go on, tell it in docs/PROTOCOL.md "Versions", and only then renew the snapshot.
 */
it('[R13] commands, numbers and error codes are what they were', () => {
  const commands = Object.entries({ ...messageCommands, ...scheduleCommands, ...roomCommands, ...memberCommands, ...reportCommands, ...meCommands }).map(([type, schema]) => [
    type,
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  ])
  expect({ version: PROTOCOL_VERSION, oldest: PROTOCOL_OLDEST, commands: Object.fromEntries(commands), settings: z.toJSONSchema(z.object(OWN_SETTINGS), { unrepresentable: 'any' }), limits: LIMITS, errors: Object.keys(ERRORS) }).toMatchSnapshot()
})
