import { createHash } from 'node:crypto'
import type { Queryable } from '@chatflow/database'
import type { Preview } from '@chatflow/shared/entry'
import type { FetchedPreview } from './fetch-preview.ts'

const KEPT_MS = 7 * 24 * 3_600_000
const FAILURE_KEPT_MS = 3_600_000
/** Pages that are forgotten in one transaction for their age. */
const AT_ONCE = 200

/** What is known of a link. `image` comes with what was just fetched; else it is kept already. */
export type Known = { preview: Preview; image?: Buffer } | 'nothing'

interface PageRow {
  url: string
  title: string | null
  description: string | null
  site: string | null
  image: string | null
}

/** What is kept of these links and still counts. With `lock`, it stays to the end of the transaction. */
export async function knownPages(q: Queryable, urls: readonly string[], now: number, lock: '' | 'for update' = ''): Promise<Map<string, Known>> {
  const { rows } = await q.query<PageRow>(`select url, title, description, site, image from link_pages where url = any($1::text[]) and expires_at > $2 order by url ${lock}`, [urls, now])
  return new Map(rows.map((row) => [row.url, knownOf(row)]))
}

/** What was fetched as it is kept and shown. The same picture of the same link always has the same id; it cannot be guessed. */
export function knownFrom(url: string, { title, description, site, image }: FetchedPreview): Known {
  const id = image && createHash('sha256').update(`${url}\n`).update(image).digest('hex')
  return { preview: { url, title, ...(description && { description }), ...(site && { site }), ...(id && { image: id }) }, ...(image && { image }) }
}

/** Keeps what was fetched: a page for seven days, a failure for an hour. The rows stay locked, so that nobody forgets them before a message has them. */
export async function keepPage(q: Queryable, url: string, known: Known, now: number): Promise<void> {
  const { title = null, description = null, site = null, image = null } = known === 'nothing' ? {} : known.preview
  const { rows: before } = await q.query<{ image: string | null }>('select image from link_pages where url = $1 for update', [url])
  await q.query(
    `insert into link_pages (url, title, description, site, image, expires_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (url) do update set title = excluded.title, description = excluded.description, site = excluded.site, image = excluded.image, expires_at = excluded.expires_at`,
    [url, title, description, site, image, now + (known === 'nothing' ? FAILURE_KEPT_MS : KEPT_MS)],
  )
  if (known !== 'nothing' && known.image !== undefined) {
    await q.query('insert into preview_images (id, image, created_at) values ($1, $2, $3) on conflict (id) do update set created_at = excluded.created_at', [image, known.image, now])
  }
  await dropImages(q, before.flatMap((row) => (row.image === null || row.image === image ? [] : [row.image])))
}

/**
 * Messages have lost these links and pictures: what was fetched for them goes, as far as no other message shows it (R6). The rows are locked before it is looked, so that a preview that is
 * being written just now is seen.
 */
export async function forgetLinks(q: Queryable, urls: readonly string[], images: readonly string[]): Promise<void> {
  await q.query('select 1 from link_pages where url = any($1::text[]) order by url for update', [urls])
  const gone = await q.query<{ image: string | null }>(
    `delete from link_pages p where url = any($1::text[])
        and (title is null or not exists (select 1 from messages where previews is not null and previews @> jsonb_build_array(jsonb_build_object('url', p.url))))
      returning image`,
    [urls],
  )
  await dropImages(q, [...images, ...gone.rows.flatMap(({ image }) => image ?? [])])
}

/** Forgets pages whose time has passed. Answers whether there may be more. */
export async function forgetOldPages(q: Queryable, now: number): Promise<boolean> {
  const gone = await q.query<{ image: string | null }>(
    'delete from link_pages where url in (select url from link_pages where expires_at <= $1 order by url limit $2 for update skip locked) returning image',
    [now, AT_ONCE],
  )
  await dropImages(q, gone.rows.flatMap(({ image }) => image ?? []))
  return gone.rowCount === AT_ONCE
}

/** The picture, if a message of the room shows it. */
export async function readImage(q: Queryable, room: string, id: string): Promise<Buffer | undefined> {
  const { rows } = await q.query<{ image: Buffer }>(
    `select image from preview_images where id = $2
        and exists (select 1 from messages where room_id = $1 and previews is not null and previews @> jsonb_build_array(jsonb_build_object('image', $2::text)))`,
    [room, id],
  )
  return rows[0]?.image
}

/** Those of these pictures go that neither a message nor a page names. */
async function dropImages(q: Queryable, images: readonly string[]): Promise<void> {
  if (images.length === 0) return
  await q.query('select 1 from preview_images where id = any($1::text[]) order by id for update', [images])
  await q.query(
    `delete from preview_images i where id = any($1::text[])
        and not exists (select 1 from link_pages where image = i.id)
        and not exists (select 1 from messages where previews is not null and previews @> jsonb_build_array(jsonb_build_object('image', i.id)))`,
    [images],
  )
}

function knownOf({ url, title, description, site, image }: PageRow): Known {
  if (title === null) return 'nothing'
  return { preview: { url, title, ...(description && { description }), ...(site && { site }), ...(image && { image }) } }
}
