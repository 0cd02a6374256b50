import type { Database } from '@chatflow/database'
import { bootstrapSchema, commandResultsSchema, directoryRoomsSchema, directoryUsersSchema, erasedSegmentsSchema, membersPageSchema, messagesPageSchema, seqAtSchema, threadPageSchema } from '@chatflow/shared/api/chat'
import { type CommandResult, parseCommand } from '@chatflow/shared/command'
import { CodedError } from '@chatflow/shared/errors'
import { isId } from '@chatflow/shared/ids'
import { LIMITS, PROTOCOL_VERSION } from '@chatflow/shared/limits'
import { type Access, callerOf } from '@chatflow/server-kit/access'
import type { Verifier } from '@chatflow/server-kit/access-tokens'
import { addGuard } from '@chatflow/server-kit/guard'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import { z } from 'zod'
import { exportRoute } from '../export/export-route.ts'
import type { SyncCore } from '../sync-core.ts'
import { rejected } from '../sequencer/rejection.ts'
import { addAdminRooms } from './admin-rooms.ts'
import { addChatSettings } from './chat-settings.ts'
import { addModerationRoutes } from './moderation-routes.ts'
import { addNotesRoutes } from './notes-routes.ts'
import { addPreviewImage } from './preview-image.ts'
import { addPushRoutes } from './push-routes.ts'
import type { Guard } from '../outgoing/guard.ts'
import { bootstrapRooms, findRooms, findUsers, membersPage, messagesPage, roomOf, seqAt } from './read-model.ts'
import { addSearch } from './search-route.ts'
import { erasedSegments } from './erased-segments.ts'
import { threadPage } from './thread-page.ts'

export interface RouteOptions {
  db: Database
  core: SyncCore
  verifier: Verifier
  /** Where the paces of commands and messages count; undefined: there is none. */
  limits: RateLimits | undefined
  /** What addresses that people give may lead to. */
  guard: Guard
  /** The key that browsers subscribe to push messages with. */
  pushKey: string
}

/** Commands of one user through HTTP, whatever their type: as many as an outbox takes in a second, a full request at once. */
const COMMANDS_AT_ONCE = LIMITS.httpCommands
const COMMANDS_PER_SECOND = LIMITS.outboxPerSecond
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
const seqAtQuery = z.strictObject({ time: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ examples: [1_700_000_000_000] }) })
const threadParams = z.object({ room: z.string().refine(isId, 'not a UUID in lower case'), message: z.string().refine(isId, 'not a UUID in lower case') })
const erasedQuery = z.strictObject({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) })
const threadQuery = z.strictObject({ before: seq, limit: z.coerce.number().int().min(1).max(LIMITS.pageEntries).default(50) })
const words = z.string().max(100).refine((value) => !value.includes('\0'), 'not well-formed').default('')
const searchQuery = z.strictObject({ q: words })
const sliceQuery = z.strictObject({
  q: words,
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageEntries).default(50),
})

const signedIn: Access = { who: 'signed-in' }
const directory: Access = { who: 'signed-in', can: 'users.list' }
const members: Access = { who: 'member', can: 'room.see' }

/** The sync-server's routes under `/api` (docs/PROTOCOL.md "HTTP"). Every one but the health checks needs an access token. */
export function addRoutes(app: App, options: RouteOptions): void {
  const { db, core } = options
  const commandPace = options.limits?.pace('commands', { burst: COMMANDS_AT_ONCE, perSecond: COMMANDS_PER_SECOND })
  const messagePace = options.limits?.pace('messages', { burst: MESSAGES_AT_ONCE, perSecond: MESSAGES_PER_SECOND })
  addGuard(app, { db, verifier: options.verifier, roomOf: (user, room) => roomOf(db, user, room) })
  addModerationRoutes(app, db)
  addAdminRooms(app, db)
  addChatSettings(app, db, () => core.lookNow())
  addPreviewImage(app, db)
  addPushRoutes(app, { db, guard: options.guard, publicKey: options.pushKey, limits: options.limits })
  addSearch(app, db, options.limits)
  addNotesRoutes(app, db, (room, version, user) => core.restoreNotes(room, version, user))

  const commands = {
    summary: 'Commands without Yjs: one result for each, in the order given. A repeat has no second effect.',
    body: commandsBody,
    response: { 200: commandResultsSchema, ...refusals('invalid_command', 'command_held', 'rate_limited') },
  }
  app.post('/api/commands', { config: { access: signedIn }, bodyLimit: LIMITS.frameBytes, schema: commands }, async (request) => {
    const { user } = callerOf(request)
    await commandPace?.take(user, request.body.commands.length)
    const parsed = request.body.commands.map((value) => parseCommand(value))
    for (const item of parsed) {
      if (item.ok) continue
      if (item.code === 'command_held') throw new CodedError('command_held')
      if (item.id === undefined) throw new CodedError('invalid_command', item.detail)
    }
    const messages = parsed.filter((item) => item.ok && item.command.type === 'message.send').length
    if (messagePace && messages > MESSAGES_AT_ONCE) throw new CodedError('invalid_input', `at most ${MESSAGES_AT_ONCE} messages in one request`)
    if (messages > 0) await messagePace?.take(user, messages)
    const results = await Promise.all(
      parsed.map(async (item): Promise<CommandResult> => (item.ok ? core.submit(user, item.command) : rejected(item.id ?? '', item.code))),
    )
    return { results }
  })

  const bootstrap = { summary: "The caller's rooms, the server's epoch and its time.", response: { 200: bootstrapSchema } }
  app.get('/api/bootstrap', { config: { access: signedIn }, schema: bootstrap }, async (request) => {
    const rooms = await bootstrapRooms(db, callerOf(request).user)
    return { epoch: core.currentEpoch(), protocol: PROTOCOL_VERSION, time: Date.now(), rooms }
  })

  const messages = {
    summary: "A page of a room's entries, ascending; without a place, the newest.",
    params: roomParams,
    querystring: messagesQuery,
    response: { 200: messagesPageSchema, ...refusals('room_not_found') },
  }
  app.get('/api/rooms/:room/messages', { config: { access: members }, schema: messages }, async (request) => messagesPage(db, request.params.room, request.query))

  const thread = {
    summary: 'The conversation that a message belongs to: what it began with, and a page of its answers, ascending; without a place, the newest.',
    params: threadParams,
    querystring: threadQuery,
    response: { 200: threadPageSchema, ...refusals('room_not_found', 'message_not_found') },
  }
  app.get('/api/rooms/:room/messages/:message/thread', { config: { access: members }, schema: thread }, async (request) => {
    const { room, message } = request.params
    return threadPage(db, room, message, request.query)
  })

  const atTime = {
    summary: 'Where a time lies in a room: its first entry at or after it.',
    params: roomParams,
    querystring: seqAtQuery,
    response: { 200: seqAtSchema, ...refusals('room_not_found') },
  }
  app.get('/api/rooms/:room/seq-at', { config: { access: members }, schema: atTime }, async (request) => seqAt(db, request.params.room, request.query.time))

  const erased = {
    summary: "Segments of the room's log in which a message was deleted after a rev of the room.",
    params: roomParams,
    querystring: erasedQuery,
    response: { 200: erasedSegmentsSchema, ...refusals('room_not_found') },
  }
  app.get('/api/rooms/:room/erased', { config: { access: members }, schema: erased }, async (request) => erasedSegments(db, request.params.room, request.query.after))

  const roomMembers = {
    summary: 'Members of a room by role, then by time of joining; with `q`, those with it in their names.',
    params: roomParams,
    querystring: sliceQuery,
    response: { 200: membersPageSchema, ...refusals('room_not_found') },
  }
  app.get('/api/rooms/:room/members', { config: { access: members }, schema: roomMembers }, async (request) => {
    return membersPage(db, request.params.room, request.query.q, request.query)
  })

  const users = { summary: 'People by name.', querystring: searchQuery, response: { 200: directoryUsersSchema, ...refusals('forbidden') } }
  app.get('/api/users', { config: { access: directory }, schema: users }, async (request) => ({ users: await findUsers(db, request.query.q, SEARCH_RESULTS) }))

  const rooms = { summary: 'A page of the public rooms by name or topic, the most populated first.', querystring: sliceQuery, response: { 200: directoryRoomsSchema, ...refusals('forbidden') } }
  app.get('/api/rooms', { config: { access: directory }, schema: rooms }, async (request) => findRooms(db, callerOf(request).user, request.query.q, request.query))

  exportRoute(app, { db, rateLimits: options.limits !== undefined })
}
