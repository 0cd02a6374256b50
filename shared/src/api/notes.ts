import { z } from 'zod'

const person = z.object({ id: z.string(), username: z.string(), displayName: z.string(), avatar: z.string().optional() })

const version = z.object({
  id: z.string(),
  /** ms since the epoch: of the last change that is in it. */
  at: z.number(),
  /** `time`: kept because some time had passed; `restore`: because the notes were then set back to an earlier version. */
  reason: z.enum(['time', 'restore']),
  /** Who had written since the version before, as far as they have an account. */
  authors: z.array(person),
})
export type NotesVersion = z.infer<typeof version>

/** Newest first. `last`: the last change of the notes as they are now, and by whom; absent: nobody has written any. */
export const notesVersionsSchema = z.object({ versions: z.array(version), more: z.boolean(), last: z.object({ at: z.number(), by: person.optional() }).optional() })
export type NotesVersionsPage = z.infer<typeof notesVersionsSchema>

/** `state`: a Yjs update (version 1) in base64, with an XmlFragment 'notes'. Written by members: it is to be shown with the same care as the notes themselves. */
export const notesVersionSchema = version.extend({ state: z.string() })
export type NotesVersionContent = z.infer<typeof notesVersionSchema>
