import { z } from 'zod'

const hello = z.object({ type: z.literal('hello'), epoch: z.string(), protocol: z.number(), time: z.number() })
const activity = z.object({ type: z.literal('activity'), room: z.string(), head: z.number(), rev: z.number().optional(), mention: z.boolean().optional() })
/** `lastSeen`: ms, to the minute; of those who are offline and were seen. */
const person = { user: z.string(), status: z.string(), lastSeen: z.number().optional() }
const presence = z.object({ type: z.literal('presence'), ...person })
/** Of many at once. `all`: whoever is not in it is offline, as far as one hears of them. */
const people = z.object({ type: z.literal('people'), people: z.array(z.object(person)), all: z.boolean().optional() })

const schema = z.discriminatedUnion('type', [hello, activity, presence, people])

/** What the server says outside documents, on `user/<user>`. */
export type ServerMessage = z.infer<typeof schema>

const mark = z.int().min(0)
const notesStored = z.object({ type: z.literal('notes-stored'), mark })
const notesMark = z.object({ type: z.literal('notes-mark'), mark })

/** On `room/<room>/notes`: all that this connection had sent before it sent the mark is committed, insertions and deletions alike. */
export type NotesStored = z.infer<typeof notesStored>
/** On `room/<room>/notes`: the client asks to be told. A mark without an answer is sent again, or a later one. */
export type NotesMark = z.infer<typeof notesMark>

/** Undefined for what this client does not know. */
export function parseNotesStored(payload: string): NotesStored | undefined {
  return parsed(notesStored, payload)
}

/** Undefined for what this server does not know. */
export function parseNotesMark(payload: string): NotesMark | undefined {
  return parsed(notesMark, payload)
}

/** Undefined for what this client does not know: newer servers may say more. */
export function parseServerMessage(payload: string): ServerMessage | undefined {
  return parsed(schema, payload)
}

function parsed<T>(known: z.ZodType<T>, payload: string): T | undefined {
  try {
    const result = known.safeParse(JSON.parse(payload))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}
