import type { Database } from '@chatflow/database'
import { type Access } from '@chatflow/server-kit/access'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import { type AdminRoom, type AdminRooms, adminRoomsSchema } from '@chatflow/shared/api/admin'
import { isId, type Id } from '@chatflow/shared/ids'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { like } from './read-model.ts'

const access: Access = { who: 'signed-in', can: 'admin.rooms' }
const id = z.string().refine(isId, 'not a UUID in lower case')
const query = z.strictObject({
  q: text(0, 100).default(''),
  /** Ids, separated by commas: these rooms only. */
  ids: text(1, 5_000).transform((list) => list.split(',')).pipe(z.array(id).max(100)).optional(),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** `GET /api/admin/rooms`: the rooms there are, never what is said in them. */
export function addAdminRooms(app: App, db: Database): void {
  const schema = { summary: 'Rooms by name or topic, newest first; direct conversations are only counted.', querystring: query, response: { 200: adminRoomsSchema, ...refusals('forbidden') } }
  app.get('/api/admin/rooms', { config: { access }, schema }, async (request) => listRooms(db, request.query))
}

async function listRooms(db: Database, { q, ids, before, limit }: { q: string; ids?: Id[] | undefined; before?: Id | undefined; limit: number }): Promise<AdminRooms> {
  const { rows } = await db.query<AdminRoom>(
    `select id as room, kind, name, member_count as members, head as messages, created_at as "createdAt", last_received_at as "lastActivityAt", archived_at is not null as archived
       from rooms
      where kind <> 'dm' and (lower(name) like $1 or lower(topic) like $1) and ($2::uuid[] is null or id = any($2))
        and ($3::uuid is null or (created_at, id) < (select created_at, id from rooms where id = $3))
      order by created_at desc, id desc
      limit $4`,
    [`%${like(q)}%`, ids ?? null, before ?? null, limit + 1],
  )
  const { rows: counts } = await db.query<{ n: number }>("select count(*) as n from rooms where kind = 'dm'")
  return { rooms: rows.slice(0, limit), more: rows.length > limit, directConversations: counts[0]?.n ?? 0 }
}
