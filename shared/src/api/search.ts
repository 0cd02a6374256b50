import { z } from 'zod'

/** How results are ordered: how well they answer, or the newest first. */
export const SEARCH_SORTS = ['best', 'new'] as const
export type SearchSort = (typeof SEARCH_SORTS)[number]

const searchResult = z.object({
  room: z.string(),
  seq: z.number(),
  id: z.string(),
  by: z.string(),
  /** As those of an entry, ms. */
  sentAt: z.number(),
  receivedAt: z.number(),
  editedAt: z.number().optional(),
  /** The message, or the part of it around what was found first. */
  text: z.string(),
  /** What was found, in `text`: UTF-16 code units, `end` is no part of it. */
  ranges: z.array(z.object({ start: z.number(), end: z.number() })),
  /** Something of the message stands before, after `text`. */
  cutBefore: z.boolean(),
  cutAfter: z.boolean(),
})
export type SearchResult = z.infer<typeof searchResult>

/** Answer of `GET /api/search`. */
export const searchPageSchema = z.object({
  results: z.array(searchResult),
  /** The authors, by id; a deleted account has no username. */
  people: z.record(z.string(), z.object({ username: z.string(), displayName: z.string(), avatar: z.string().optional() })),
  /** For `before`, where there may be more. */
  next: z.string().optional(),
  /** False: older messages of these rooms are still being made ready for searching. */
  complete: z.boolean(),
})
export type SearchPage = z.infer<typeof searchPageSchema>
