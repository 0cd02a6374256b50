import { reencode } from '@chatflow/server-kit/images/reencode'
import { fetchGuarded, type Guarded } from './fetch-guarded.ts'
import { NoPreview } from './no-preview.ts'
import { readHead } from './read-head.ts'

const PAGE_BYTES = 512 * 1024
const IMAGE_BYTES = 2 * 1024 * 1024
/** For the page, and again for its picture, redirects included, ms. */
const WITHIN_MS = 5_000
/** A picture as it is kept and served, px: twice the size in which it is shown. */
const IMAGE_SIZE = { width: 240, height: 160 }

/** What a page says of itself; the picture as WebP of 240 x 160. */
export interface FetchedPreview {
  title: string
  description?: string
  site?: string
  image?: Buffer
}

/** Fetches a page and its picture. A page without a title, or one that cannot be had, throws `NoPreview`; a picture that cannot be had is left out. Throws `rate_limited`. */
export async function fetchPreview(link: string, guarded: Guarded, withinMs = WITHIN_MS): Promise<FetchedPreview> {
  let head = readHead('')
  const request = { address: link, accept: 'text/html', allowsType: (type: string) => type === 'text/html', mostBytes: PAGE_BYTES, withinMs }
  const { origin } = await fetchGuarded(request, guarded, ({ contentType }) => {
    head = readHead(contentType)
    return (chunk) => head.take(chunk)
  })
  const { title, description, site, image } = head.facts()
  if (title === undefined) throw new NoPreview('no_title')
  const picture = image === undefined ? undefined : await fetchImage(image, origin.url, guarded, withinMs).catch(() => undefined)
  return { title, ...(description && { description }), ...(site && { site }), ...(picture && { image: picture }) }
}

async function fetchImage(address: string, base: URL, guarded: Guarded, withinMs: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  const request = { address, base, accept: 'image/webp, image/png, image/jpeg', allowsType: (type: string) => type.startsWith('image/'), mostBytes: IMAGE_BYTES, withinMs }
  const { end } = await fetchGuarded(request, guarded, () => (chunk) => chunks.push(chunk) > 0)
  if (end === 'cut') throw new NoPreview('too_large')
  return reencode(Buffer.concat(chunks), IMAGE_SIZE)
}
