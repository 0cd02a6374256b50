import { newId } from '@chatflow/shared/ids'
import type { Operation } from './description.ts'
import type { World } from './people.ts'

export type Whose = 'own' | 'other'
type Make = (world: World, whose: Whose) => string | Promise<string>

/**
 * What the parameters of paths name, by the parameter alone or by `path parameter` where one name means several things. `own`: of the one who asks;
 * `other`: of somebody else. A route with a parameter that is missing here fails the tests with a sentence that asks for it.
 */
const OBJECTS: Readonly<Record<string, Make>> = {
  room: ({ room, otherRoom }, whose) => (whose === 'own' ? room : otherRoom),
  '/api/auth/avatars/{id} id': async ({ served, person, other }, whose) => {
    const id = newId().replaceAll('-', '').padEnd(64, '0')
    await served.db.query("INSERT INTO avatars (id, user_id, image, created_at) VALUES ($1, $2, '\\x52494646', 1)", [id, whose === 'own' && person ? person.id : other.id])
    return id
  },
  // In the room that the same path names.
  '/api/rooms/{room}/previews/{image} image': async ({ served, room, otherRoom }, whose) => {
    const id = newId().replaceAll('-', '').padEnd(64, '0')
    await served.db.query("INSERT INTO preview_images (id, image, created_at) VALUES ($1, '\\x52494646', 1)", [id])
    const previews = [{ url: 'https://example.org/', title: 'Example', image: id }]
    await served.db.query('UPDATE messages SET previews = $2 WHERE room_id = $1 AND seq = 1', [whose === 'own' ? room : otherRoom, JSON.stringify(previews)])
    return id
  },
  '/api/auth/sessions/{id} id': async ({ served, person, other }, whose) => {
    const id = newId()
    await served.db.query('INSERT INTO session_families (id, user_id, created_at, last_used_at) VALUES ($1, $2, 1, 1)', [id, whose === 'own' && person ? person.id : other.id])
    return id
  },
  '/api/push/subscriptions/{id} id': async ({ served, person, other }, whose) => {
    const id = newId()
    await served.db.query(
      // Of a session that lives: one without is swept away in the background.
      `INSERT INTO push_subscriptions (id, user_id, session_id, device, endpoint, host, p256dh, auth, language, created_at, renewed_at)
       SELECT $1::uuid, $2::uuid, coalesce((SELECT id FROM session_families WHERE user_id = $2::uuid AND ended_at IS NULL LIMIT 1), $3::uuid), $3::uuid, $4, 'push.example.com', '', '', 'en', 1, 1`,
      [id, whose === 'own' && person ? person.id : other.id, newId(), id],
    )
    return id
  },
  '/api/auth/passkeys/{id} id': passkey,
  '/api/auth/passkeys/{id}/remove id': passkey,
  '/api/auth/admin/invitations/{id} id': async ({ served, other }) => {
    const id = newId()
    await served.db.query(`INSERT INTO invitations (id, code_hash, role, note, uses, created_by, created_at, expires_at) VALUES ($1, $2, 'member', '', 1, $3, 1, $4)`, [
      id,
      id,
      other.id,
      Date.now() + 60_000,
    ])
    return id
  },
  '/api/auth/admin/users/{id} id': account,
  '/api/auth/admin/users/{id}/end-sessions id': account,
  '/api/auth/admin/users/{id}/reset-link id': account,
  message: async ({ served, room, otherRoom }, whose) => {
    const { rows } = await served.db.query<{ id: string }>('SELECT id FROM messages WHERE room_id = $1 AND event IS NULL ORDER BY seq LIMIT 1', [whose === 'own' ? room : otherRoom])
    return rows[0]?.id ?? newId()
  },
  report: async ({ served, room, otherRoom, other }, whose) => {
    const place = whose === 'own' ? room : otherRoom
    const id = newId()
    await served.db.query(
      `INSERT INTO reports (id, room_id, seq, message_id, author, reporter, reason, at)
       SELECT $1, room_id, seq, id, by_user, $3, 'spam', 1 FROM messages WHERE room_id = $2 AND by_user = $4`,
      [id, place, newId(), other.id],
    )
    return id
  },
  version: async ({ served, room, otherRoom }, whose) => {
    const place = whose === 'own' ? room : otherRoom
    const id = newId()
    await served.db.query('INSERT INTO notes (room_id, changed_at, versioned_at) VALUES ($1, 1, 1) ON CONFLICT DO NOTHING', [place])
    await served.db.query("INSERT INTO notes_versions (id, room_id, at, reason, state) VALUES ($1, $2, 1, 'time', '\\x0000')", [id, place])
    return id
  },
  user: account,
}

function account({ person, other }: World, whose: Whose): string {
  return whose === 'own' && person ? person.id : other.id
}

async function passkey({ served, person, other }: World, whose: Whose): Promise<string> {
  const id = newId()
  await served.db.query(`INSERT INTO passkeys (id, user_id, credential, public_key, counter, synced, name, created_at) VALUES ($1, $2, $3, 'AA', 0, false, 'Key', 1)`, [
    id,
    whose === 'own' && person ? person.id : other.id,
    id,
  ])
  return id
}

/** Values for all parameters of the path. */
export async function paramsOf(operation: Operation, world: World, whose: Whose): Promise<Record<string, string>> {
  const params: Record<string, string> = {}
  for (const name of paramNames(operation)) {
    const make = OBJECTS[`${operation.path} ${name}`] ?? OBJECTS[name]
    if (make === undefined) {
      throw new Error(`${operation.name}: nothing is known about :${name}. Add to OBJECTS of e2e/http/objects.ts how "${operation.path} ${name}" is made, the caller's own and another's.`)
    }
    params[name] = await make(world, whose)
  }
  return params
}

export function paramNames({ path }: Operation): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}
