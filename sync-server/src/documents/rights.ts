import type { Database } from '@chatflow/database'
import { type DocName, parseDocName, segmentOf } from '@chatflow/shared/doc-names'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { can } from '@chatflow/shared/permissions'
import type { GlobalRole, RoomKind, RoomRole } from '@chatflow/shared/roles'
import type { Extension, onAuthenticatePayload, onTokenSyncPayload } from '@hocuspocus/server'
import type { UserRow } from '../sequencer/rows.ts'
import type { SocketPlaces } from '../socket/socket-places.ts'
import { CLOSE, type SocketRecord, type SocketRegistry } from '../socket/socket-record.ts'
import type { ConnectionContext } from './context.ts'
import { toPerson } from './log-content.ts'
import { Refusal } from './refusal.ts'

/** Verifies an access token: see server-kit's `createVerifier`. Throws `CodedError` `token_expired` or `unauthenticated`. */
export interface TokenVerifier {
  verify(token: string): Promise<{ user: Id; session: Id; role: 'admin' | 'member' | 'guest'; expiresAt: number }>
}

export interface RightsOptions {
  db: Database
  verifier: TokenVerifier
  sockets: SocketRegistry
  places: Pick<SocketPlaces, 'claim' | 'release'>
}

/** Decides by document who may read and who may write. The document is the unit of permission (docs/ARCHITECTURE.md). */
export function rightsExtension(options: RightsOptions): Extension<ConnectionContext> {
  return {
    extensionName: 'rights',
    priority: 1_000,

    async onAuthenticate({ token, documentName, context, connectionConfig }: onAuthenticatePayload<ConnectionContext>): Promise<void> {
      const { socket } = context
      const name = parseDocName(documentName)
      if (name === undefined) throw new Refusal('gone', 'document_unknown')
      if ((socket.documents.get(documentName) ?? 0) >= 2 || isFull(socket, documentName)) throw new Refusal('retry', 'too_many_documents')
      // Before any question, so that a removal between the answer and the attaching is seen, and many at once are counted.
      socket.attaching.add(documentName)
      try {
        const user = await authenticate(options, socket, token)
        context.user = user
        connectionConfig.readOnly = !(await mayWrite(options.db, user, name))
      } catch (refusal) {
        socket.attaching.delete(documentName)
        throw refusal
      }
    },

    async onTokenSync({ token, context }: onTokenSyncPayload<ConnectionContext>): Promise<void> {
      try {
        await authenticate(options, context.socket, token)
      } catch {
        context.socket.close(CLOSE.sessionEnded, 'auth:unauthenticated')
      }
    },

    async connected({ documentName, context }): Promise<void> {
      context.socket.documents.set(documentName, (context.socket.documents.get(documentName) ?? 0) + 1)
      context.socket.attaching.delete(documentName)
    },

    async onDisconnect({ documentName, context }): Promise<void> {
      // The server itself has no socket.
      if ((context as Partial<ConnectionContext>).socket === undefined) return
      const left = (context.socket.documents.get(documentName) ?? 0) - 1
      if (left > 0) context.socket.documents.set(documentName, left)
      else context.socket.documents.delete(documentName)
    },
  }
}

function isFull({ documents, attaching }: SocketRecord, documentName: string): boolean {
  if (documents.has(documentName) || attaching.has(documentName)) return false
  const coming = [...attaching].filter((name) => !documents.has(name)).length
  return documents.size + coming >= LIMITS.documentsPerSocket
}

/** Verifies a token once per socket; a fresh one on any document extends the whole socket. A socket belongs to one session. */
async function authenticate(options: RightsOptions, socket: SocketRecord, token: string): Promise<Id> {
  let verified = socket.verified.get(token)
  if (verified === undefined) {
    verified = options.verifier.verify(token)
    if (socket.verified.size > 8) socket.verified.clear()
    socket.verified.set(token, verified)
  }
  let claims
  try {
    claims = await verified
  } catch (error) {
    socket.verified.delete(token)
    throw new Refusal('auth', error instanceof CodedError ? error.code : 'unauthenticated')
  }
  if (claims.expiresAt <= Date.now()) throw new Refusal('auth', 'token_expired')
  if (socket.identity === undefined) await identify(options, socket, claims)
  if (socket.identity?.user !== claims.user || socket.identity.session !== claims.session) throw new Refusal('auth', 'unauthenticated')
  socket.expiresAt = Math.max(socket.expiresAt, claims.expiresAt)
  return claims.user
}

async function identify({ db, sockets, places }: RightsOptions, socket: SocketRecord, claims: Awaited<ReturnType<TokenVerifier['verify']>>): Promise<void> {
  const found = await db
    .query<UserRow & { session: Id | null; ended_at: number | null; hides_presence: boolean | null; missing: boolean }>(
      `select u.id, u.username, u.display_name, u.avatar, u.role, u.disabled_at, s.id as session, s.ended_at, x.hides_presence,
              exists (select from second_factor_missing m where m.user_id = u.id) as missing
         from users u left join session_families s on s.id = $2 and s.user_id = u.id left join user_state x on x.user_id = u.id where u.id = $1`,
      [claims.user, claims.session],
    )
    .catch(() => {
      throw new Refusal('retry', 'unavailable')
    })
  const row = found.rows[0]
  if (row === undefined || row.session === null || row.ended_at !== null) throw new Refusal('auth', 'session_ended')
  if (row.disabled_at !== null) throw new Refusal('auth', 'account_disabled')
  if (row.missing) throw new Refusal('auth', 'second_factor_missing')
  // Two documents authenticate at the same time: the first to arrive here names the socket.
  if (socket.identity !== undefined) return
  if (!sockets.has(socket)) throw new Refusal('retry', 'unavailable')
  // What this instance knows by itself saves asking the database.
  const full = sockets.ofUser(claims.user).length >= LIMITS.socketsPerUser
  const placed = !full && (await places.claim(socket.id, claims.user).catch(() => {
    throw new Refusal('retry', 'unavailable')
  }))
  if (socket.identity !== undefined) return
  if (!placed) {
    socket.close(CLOSE.tooMany, 'retry:too_many_sockets')
    throw new Refusal('retry', 'too_many_sockets')
  }
  if (!sockets.has(socket)) throw new Refusal('retry', 'unavailable')
  socket.identity = { user: claims.user, session: claims.session, role: row.role, person: toPerson(row), hidesPresence: row.hides_presence === true }
  sockets.identify(socket)
}

/** Refuses whoever may not open the document, and answers whether they may write it. */
async function mayWrite(db: Database, user: Id, name: DocName): Promise<boolean> {
  if (name.kind === 'outbox' || name.kind === 'user') {
    if (name.user !== user) throw new Refusal('gone', 'forbidden')
    return name.kind === 'outbox'
  }
  const found = await db
    .query<{ head: number; floor: number; kind: RoomKind; archived_at: number | null; room_role: RoomRole; role: GlobalRole }>(
      `select r.head, r.floor, r.kind, r.archived_at, m.role as room_role, u.role
         from members m join rooms r on r.id = m.room_id join users u on u.id = m.user_id where m.room_id = $1 and m.user_id = $2`,
      [name.room, user],
    )
    .catch(() => {
      throw new Refusal('retry', 'unavailable')
    })
  const row = found.rows[0]
  if (row === undefined) throw new Refusal('gone', 'not_a_member')
  if (name.kind === 'log' && (name.segment < segmentOf(row.floor + 1) || name.segment > segmentOf(row.head + 1))) {
    throw new Refusal('gone', 'document_gone')
  }
  return name.kind === 'notes' && can({ id: user, role: row.role, roomRole: row.room_role }, 'notes.write', { room: { kind: row.kind, archived: row.archived_at !== null } })
}
