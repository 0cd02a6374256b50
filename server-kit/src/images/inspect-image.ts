import { CodedError } from '@chatflow/shared/errors'
import { disableTypes, imageSize, types } from 'image-size'

/** What a picture may be, by its bytes; what it is called does not matter. */
const READABLE = ['png', 'jpg', 'webp']
const MEGAPIXELS = 40
const LONGEST_EDGE = 20_000

// Readers of other formats would be tried too; what they would find is refused anyway.
disableTypes(types.filter((type) => !READABLE.includes(type)))

/**
 * Looks at a picture's header, before anything is allocated for its pixels: a file of a few kilobytes can ask for gigabytes.
 * Throws `image_invalid` for what is no PNG, JPEG or WebP, for more than 40 megapixels, and for a JPEG that breaks off (its decoder would fill up with grey).
 */
export function inspectImage(bytes: Uint8Array): void {
  const size = sizeOf(bytes)
  const fits = size !== undefined && Math.max(size.width, size.height) <= LONGEST_EDGE && size.width * size.height <= MEGAPIXELS * 1_000_000 && size.width > 0 && size.height > 0
  if (!fits || (size.type === 'jpg' && !isWholeJpeg(bytes))) throw new CodedError('image_invalid')
}

function sizeOf(bytes: Uint8Array): ReturnType<typeof imageSize> | undefined {
  try {
    const size = imageSize(bytes)
    return READABLE.includes(size.type ?? '') ? size : undefined
  } catch {
    return undefined
  }
}

/** True if the end marker follows the beginning of the pixels. Before it stand other segments, which may hold a whole preview picture. */
function isWholeJpeg(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (at + 4 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1]
    if (marker === 0xda) return view.indexOf(Buffer.from([0xff, 0xd9]), at) > 0
    // Fill bytes stand before a marker in any number.
    at += marker === 0xff ? 1 : 2 + view.readUInt16BE(at + 2)
  }
  return false
}
