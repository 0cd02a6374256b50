import type { Queryable } from '@chatflow/database'

/** True if this server fetches the pages that messages link. Off unless an administrator has said otherwise. */
export async function linkPreviewsOn(q: Queryable): Promise<boolean> {
  const { rows } = await q.query<{ value: string }>("select value from sync_settings where key = 'link-previews'")
  return rows[0]?.value === 'on'
}

/** Sets it, and answers what it was. Everybody's own document says so to their devices, so all of them rise. */
export async function setLinkPreviews(q: Queryable, on: boolean): Promise<boolean> {
  // Of two who set it at once the second waits here, so that the log tells of each step.
  await q.query("insert into sync_settings (key, value) values ('link-previews', 'off') on conflict (key) do nothing")
  await q.query("select 1 from sync_settings where key = 'link-previews' for update")
  const before = await linkPreviewsOn(q)
  if (before === on) return before
  await q.query("update sync_settings set value = $1 where key = 'link-previews'", [on ? 'on' : 'off'])
  // In the order of ids, so that nobody waits crosswise.
  await q.query('select 1 from user_state order by user_id for update')
  await q.query('update user_state set rev = rev + 1')
  return before
}
