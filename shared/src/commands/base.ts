import { z } from 'zod'
import { isId } from '../ids.ts'

export const id = z.string().refine(isId, 'not a UUID in lower case')

/** `seq` of an entry: from 1; 0 where "none yet" is meant. */
export const seq = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const head = {
  v: z.literal(1),
  /** UUIDv7 made by the client, for good: it names the command, and for `message.send` the message. */
  id,
  /** 1 or absent at first; Retry raises it. */
  attempt: z.int().min(1).max(1_000_000).optional(),
  /** The author's clock, ms since the epoch. For display and for last-writer-wins of drafts and settings only. */
  at: z.int().min(0).max(8_640_000_000_000_000),
}

/** A command that belongs to a room; unknown fields are refused. */
export function inRoom<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ ...head, type: z.literal(type), room: id, ...shape })
}

/** A command of the user alone; unknown fields are refused. */
export function ofUser<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ ...head, type: z.literal(type), ...shape })
}
