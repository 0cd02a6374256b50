import { ResizeFit, Transformer } from '@napi-rs/image'
import { CodedError } from '@chatflow/shared/errors'
import { inspectImage } from './inspect-image.ts'

/** Edge of a picture as it is kept and served, px. */
const AVATAR_EDGE = 256
const QUALITY = 82
/** Requests that may wait for their turn; beyond, they are told to come again. */
const WAITING = 20

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * Makes of any allowed picture a WebP of 256 x 256, upright, cut to the middle, without any metadata: what comes out holds nothing of the file but its pixels.
 * Pixels are decoded on a thread, one picture at a time in this process, since each takes up to 160 MB. Throws `image_invalid`, `unavailable` when too many wait.
 */
export function reencode(bytes: Uint8Array): Promise<Buffer> {
  inspectImage(bytes)
  if (waiting >= WAITING) return Promise.reject(new CodedError('unavailable', undefined, 2))
  waiting += 1
  const result = last.then(() => convert(bytes)).finally(() => (waiting -= 1))
  last = result.catch(() => undefined)
  return result
}

async function convert(bytes: Uint8Array): Promise<Buffer> {
  try {
    return await new Transformer(bytes).rotate().resize({ width: AVATAR_EDGE, height: AVATAR_EDGE, fit: ResizeFit.Cover }).webp(QUALITY)
  } catch {
    // Its messages tell of the bytes; that they are no picture is all there is to say.
    throw new CodedError('image_invalid')
  }
}
