import type { Database } from '@chatflow/database'
import type { Bootstrap } from '@chatflow/shared/api'
import { type CommandResult, parseCommand } from '@chatflow/shared/command'
import { CodedError } from '@chatflow/shared/errors'
import { isId } from '@chatflow/shared/ids'
import { LIMITS, PROTOCOL_VERSION } from '@chatflow/shared/limits'
import type { Verifier } from '@chatflow/server-kit/access-tokens'
import { bearer, identityOf } from '@chatflow/server-kit/bearer'
import { readInput } from '@chatflow/server-kit/body'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { SyncCore } from '../sync-core.ts'
import { rejected } from '../sequencer/rejection.ts'
import { TokenBucket } from '../socket/token-bucket.ts'
import { bootstrapRooms, type Caller, findRooms, findUsers, membersPage, messagesPage } from './read-model.ts'

export interface RouteOptions {
  db: Database
  core: SyncCore
  verifier: Verifier
  rateLimits: boolean
}

/** Messages of one user through HTTP: 2 a second, 20 at once. */
const MESSAGES_AT_ONCE = 20
const MESSAGES_PER_SECOND = 2
const SEARCH_RESULTS = 50

const commandsBody = z.strictObject({ commands: z.array(z.unknown()).min(1).max(LIMITS.httpCommands) })
const roomParams = z.object({ room: z.string().refine(isId, 'not a UUID in lower case') })
const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional()
const messagesQuery = z
  .strictObject({
    before: seq,
    after: seq,
    around: seq,
    limit: z.coerce.number().int().min(1).max(LIMITS.pageEntries).default(50),
  })
  .refine(({ before, after, around }) => [before, after, around].filter((place) => place !== undefined).length <= 1, 'only one of before, after and around')
const membersQuery = z.strictObject({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageEntries).default(50),
})
const searchQuery = z.strictObject({ q: z.string().max(100).refine((value) => !value.includes('\0'), 'not well-formed').default('') })

/** The sync-server's routes under `/api` (docs/PROTOCOL.md "HTTP"). Every one but the health checks needs an access token. */
export function addRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { db, core } = options
  const preHandler = [bearer(app, options.verifier), refuseEndedSessions(db)]
  const paces = new Map<string, TokenBucket>()

  /** `{ commands }` -> `{ results }` in the order given. 400 `invalid_input`, 429 `rate_limited`, 503 `command_held` (nothing was done). */
  app.post('/api/commands', { preHandler, bodyLimit: LIMITS.frameBytes }, async (request): Promise<{ results: CommandResult[] }> => {
    const { user } = identityOf(request)
    const { commands } = readInput(commandsBody, request.body)
    const parsed = commands.map((value) => parseCommand(value))
    for (const item of parsed) {
      if (item.ok) continue
      if (item.code === 'command_held') throw new CodedError('command_held')
      if (item.id === undefined) throw new CodedError('invalid_command', item.detail)
    }
    if (options.rateLimits) pace(paces, user, parsed.filter((item) => item.ok && item.command.type === 'message.send').length)
    const results = await Promise.all(
      parsed.map(async (item): Promise<CommandResult> => (item.ok ? core.submit(user, item.command) : rejected(item.id ?? '', item.code))),
    )
    return { results }
  })

  /** The caller's rooms with role, head, cursor and unread; epoch, protocol and the server's time (ms). */
  app.get('/api/bootstrap', { preHandler }, async (request): Promise<Bootstrap> => {
    const rooms = await bootstrapRooms(db, callerOf(request))
    return { epoch: core.currentEpoch(), protocol: PROTOCOL_VERSION, time: Date.now(), rooms }
  })

  /** A page of entries, ascending. 403 `not_a_member`, 404 `room_not_found`. */
  app.get('/api/rooms/:room/messages', { preHandler }, async (request) => {
    const { room } = readInput(roomParams, request.params)
    return messagesPage(db, callerOf(request), room, readInput(messagesQuery, request.query))
  })

  /** Members by role, then by time of joining. 403 `not_a_member`, 404 `room_not_found`. */
  app.get('/api/rooms/:room/members', { preHandler }, async (request) => {
    const { room } = readInput(roomParams, request.params)
    const { offset, limit } = readInput(membersQuery, request.query)
    return membersPage(db, callerOf(request), room, offset, limit)
  })

  /** The directory: `{ users }`. 403 `forbidden` for guests. */
  app.get('/api/users', { preHandler }, async (request) => ({
    users: await findUsers(db, callerOf(request), readInput(searchQuery, request.query).q, SEARCH_RESULTS),
  }))

  /** Public rooms: `{ rooms }`. 403 `forbidden` for guests. */
  app.get('/api/rooms', { preHandler }, async (request) => ({
    rooms: await findRooms(db, callerOf(request), readInput(searchQuery, request.query).q, SEARCH_RESULTS),
  }))
}

function callerOf(request: FastifyRequest): Caller {
  const { user, role } = identityOf(request)
  return { user, role }
}

/** An access token outlives its session by minutes: HTTP refuses at once. 401 `session_ended`, 403 `account_disabled`. */
function refuseEndedSessions(db: Database) {
  return async (request: FastifyRequest): Promise<void> => {
    const { user, session } = identityOf(request)
    const found = await db.query<{ ended_at: number | null; disabled_at: number | null }>(
      'select s.ended_at, u.disabled_at from users u left join session_families s on s.id = $2 and s.user_id = u.id where u.id = $1',
      [user, session],
    )
    const row = found.rows[0]
    if (row === undefined || row.ended_at !== null) throw new CodedError('session_ended')
    if (row.disabled_at !== null) throw new CodedError('account_disabled')
  }
}

function pace(paces: Map<string, TokenBucket>, user: string, messages: number): void {
  if (messages > MESSAGES_AT_ONCE) throw new CodedError('invalid_input', `at most ${MESSAGES_AT_ONCE} messages in one request`)
  if (paces.size > 10_000) paces.clear()
  const bucket = paces.get(user) ?? new TokenBucket(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND)
  paces.set(user, bucket)
  if (!bucket.take(messages)) throw new CodedError('rate_limited', undefined, Math.max(1, Math.ceil(bucket.wait(messages))))
}
