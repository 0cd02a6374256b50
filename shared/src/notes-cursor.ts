import { z } from 'zod'
import { text } from './text.ts'

const item = z.object({ client: z.int().min(0), clock: z.int().min(0) }).nullish()
/** A Yjs relative position as JSON. */
const position = z.object({ type: item, tname: text(0, 64).nullish(), item, assoc: z.int().min(-1).max(1).optional() })
const cursor = z.object({ anchor: position, head: position })

/** Where somebody is in notes, as their awareness says it under `cursor`. */
export type NotesCursor = z.infer<typeof cursor>

/** A cursor without anything that does not belong to one; undefined for what is none. */
export function parseNotesCursor(value: unknown): NotesCursor | undefined {
  const result = cursor.safeParse(value)
  return result.success ? result.data : undefined
}
