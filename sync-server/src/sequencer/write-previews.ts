import type { Queryable } from '@chatflow/database'
import { newId } from '@chatflow/shared/ids'
import { forgetLinks } from '../previews/preview-rows.ts'
import type { RoomState } from './room-state.ts'

/**
 * Asks for the previews of new links, where the server has them, and forgets what was fetched for those that are gone. After the messages are written: what another message still has
 * stays. Before the users are raised, so that locks are always taken in the same order.
 */
export async function writePreviews(q: Queryable, { id, now, changed }: RoomState): Promise<void> {
  if (changed.linked.size > 0) {
    // One statement with the question whether it is wanted: a message never waits for a preview.
    await q.query(
      `insert into jobs (id, type, payload, run_at, created_at)
       select x.id, 'message.previews', jsonb_build_object('room', $2::text, 'message', x.message), $3, $3
         from jsonb_to_recordset($1::jsonb) as x(id uuid, message text)
        where exists (select 1 from sync_settings where key = 'link-previews' and value = 'on')`,
      [JSON.stringify([...changed.linked].map((message) => ({ id: newId(), message }))), id, now],
    )
  }
  if (changed.linksGone.size > 0) await forgetLinks(q, [...changed.linksGone], [...changed.imagesGone])
}
