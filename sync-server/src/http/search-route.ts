import type { Database } from '@chatflow/database'
import { callerOf } from '@chatflow/server-kit/access'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import { SEARCH_SORTS, searchPageSchema } from '@chatflow/shared/api/search'
import { LIMITS } from '@chatflow/shared/limits'
import { isTimeZone } from '@chatflow/shared/search/days'
import { isWellFormedText } from '@chatflow/shared/text'
import { z } from 'zod'
import { readCursor } from '../search/cursor.ts'
import { createGate } from '../search/gate.ts'
import { search } from '../search/search.ts'

/** Searches of one user: typing asks again and again. */
const AT_ONCE = 30
const PER_SECOND = 3
/** Searches that this process has under way at a time, and of one user: the rest of its connections is for those who write. */
const UNDER_WAY = 3
const UNDER_WAY_OF_USER = 2
/** Those of one user that wait for that. */
const WAITING_OF_USER = 4

const query = z.strictObject({
  // A query that is too long is refused with the place where it should have ended.
  q: z.string().max(4 * LIMITS.searchQuery).refine(isWellFormedText, 'not well-formed').meta({ examples: ['deploy from:me'] }),
  sort: z.enum(SEARCH_SORTS).default('best'),
  before: z
    .string()
    .max(200)
    .transform((value, context) => readCursor(value) ?? (context.addIssue({ code: 'custom', message: 'not the `next` of a page' }), z.NEVER))
    .optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.searchResults).default(20),
  tz: z.string().max(100).refine(isTimeZone, 'not a time zone').default('UTC').meta({ examples: ['Europe/Berlin'] }),
})

/** `GET /api/search`: messages of the caller's rooms (docs/PROTOCOL.md "Search"). */
export function addSearch(app: App, db: Database, limits: RateLimits | undefined): void {
  const pace = limits?.pace('search', { burst: AT_ONCE, perSecond: PER_SECOND })
  const gate = createGate(UNDER_WAY, UNDER_WAY_OF_USER, WAITING_OF_USER)
  const schema = {
    summary: "Messages of the caller's rooms, the best or the newest first.",
    querystring: query,
    response: { 200: searchPageSchema, ...refusals('search_query_invalid', 'search_too_slow', 'rate_limited') },
  }
  app.get('/api/search', { config: { access: { who: 'signed-in' } }, schema }, async (request, reply) => {
    const { user, role } = callerOf(request)
    const { q, sort, before, limit, tz: timeZone } = request.query
    await pace?.take(user)
    // Whoever types on does not wait for the answer any more.
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    return gate(user, () => search(db, { user, role }, { q, sort, before, limit, timeZone }, Date.now()), gone.signal)
  })
}
