import { ResizeFit, Transformer } from '@napi-rs/image'
import { CodedError } from '@chatflow/shared/errors'
import { inspectImage } from './inspect-image.ts'

const QUALITY = 82
/** Pictures that may wait for their turn; beyond, whoever brings one is told to come again. */
const WAITING = 20

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/** px */
export interface ImageSize {
  width: number
  height: number
}

/**
 * Makes of any allowed picture a WebP of exactly `size`, upright, cut to the middle, without any metadata: what comes out holds nothing of the file but its pixels.
 * Pixels are decoded on a thread, one picture at a time in this process, since each takes up to 160 MB. Throws `image_invalid`, `unavailable` when too many wait.
 */
export function reencode(bytes: Uint8Array, size: ImageSize): Promise<Buffer> {
  inspectImage(bytes)
  if (waiting >= WAITING) return Promise.reject(new CodedError('unavailable', undefined, 2))
  waiting += 1
  const result = last.then(() => convert(bytes, size)).finally(() => (waiting -= 1))
  last = result.catch(() => undefined)
  return result
}

async function convert(bytes: Uint8Array, size: ImageSize): Promise<Buffer> {
  try {
    return await new Transformer(bytes).rotate().resize({ ...size, fit: ResizeFit.Cover }).webp(QUALITY)
  } catch {
    // Its messages tell of the bytes; that they are no picture is all there is to say.
    throw new CodedError('image_invalid')
  }
}
