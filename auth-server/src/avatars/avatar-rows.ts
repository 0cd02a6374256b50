import { createHash } from 'node:crypto'
import type { Queryable } from '@chatflow/database'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Id } from '@chatflow/shared/ids'

/** Makes `image` the picture of an account, in place of the one it had. Answers the new id. */
export async function setAvatar(q: Queryable, user: Id, image: Buffer, now: number): Promise<string> {
  // With the owner in it: two people with the same picture have two rows, and nobody can tell from a picture whether somebody here uses it.
  const id = createHash('sha256').update(`${user}\n`).update(image).digest('hex')
  await q.query(
    `INSERT INTO avatars (id, user_id, image, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, image = excluded.image, created_at = excluded.created_at`,
    [id, user, image, now],
  )
  await changed(q, user, id, now)
  return id
}

export async function removeAvatar(q: Queryable, user: Id, now: number): Promise<void> {
  await q.query('DELETE FROM avatars WHERE user_id = $1', [user])
  await changed(q, user, null, now)
}

/** The picture of this id, if it is anybody's. */
export async function readAvatar(q: Queryable, id: string): Promise<Buffer | undefined> {
  return (await q.query<{ image: Buffer }>('SELECT image FROM avatars WHERE id = $1', [id])).rows[0]?.image
}

async function changed(q: Queryable, user: Id, avatar: string | null, now: number): Promise<void> {
  const { rowCount } = await q.query('UPDATE users SET avatar = $2 WHERE id = $1 AND avatar IS DISTINCT FROM $2', [user, avatar])
  if (rowCount > 0) await enqueue(q, 'account.changed', { user }, { now })
}
