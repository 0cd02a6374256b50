import type { z } from 'zod'
import { meCommands } from './commands/me.ts'
import { memberCommands } from './commands/member.ts'
import { messageCommands } from './commands/message.ts'
import { reportCommands } from './commands/report.ts'
import { roomCommands } from './commands/room.ts'
import { scheduleCommands } from './commands/schedule.ts'
import type { ErrorCode } from './errors.ts'
import { isId } from './ids.ts'
import { LIMITS } from './limits.ts'

/** What each type of command looks like. */
export const COMMAND_SCHEMAS = { ...messageCommands, ...scheduleCommands, ...roomCommands, ...memberCommands, ...reportCommands, ...meCommands }

export type CommandType = keyof typeof COMMAND_SCHEMAS
export type CommandOf<T extends CommandType> = z.infer<(typeof COMMAND_SCHEMAS)[T]>
/** What a client asks for: see docs/PROTOCOL.md "Commands". */
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType]

export type ParsedCommand =
  | { ok: true; command: Command }
  /** `id` is present when the input named one that can be marked. */
  | { ok: false; code: ErrorCode; id?: string; detail: string }

/**
 * Checks an unknown value as a command.
 * Errors: `command_held` (a version newer than this server: keep it, answer nothing), `unknown_command_type`,
 * `text_too_long`, `invalid_command`.
 */
export function parseCommand(value: unknown): ParsedCommand {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, code: 'invalid_command', detail: 'not an object' }
  const raw = value as Record<string, unknown>
  const id = isId(raw['id']) ? { id: raw['id'] } : {}
  if (typeof raw['v'] === 'number' && Number.isInteger(raw['v']) && raw['v'] > 1) return { ok: false, code: 'command_held', detail: 'v', ...id }
  const type = raw['type']
  if (typeof type !== 'string' || !Object.hasOwn(COMMAND_SCHEMAS, type)) return { ok: false, code: 'unknown_command_type', detail: 'type', ...id }
  const result = COMMAND_SCHEMAS[type as CommandType].safeParse(value)
  if (result.success) return { ok: true, command: result.data as Command }
  const text = raw['text']
  if (typeof text === 'string' && text.length > LIMITS.messageText) return { ok: false, code: 'text_too_long', detail: 'text', ...id }
  const issue = result.error.issues[0]
  return { ok: false, code: 'invalid_command', detail: issue ? `${issue.path.join('.') || issue.code}` : '', ...id }
}

/** Result of one command, as `POST /api/commands` answers it and as marks carry it. */
export type CommandResult =
  | { id: string; status: 'accepted'; seq?: number }
  | { id: string; status: 'rejected'; code: ErrorCode; message: string }
