import type { IncomingMessage } from 'node:http'
import { pipeline, Readable, type Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { NoPreview } from './no-preview.ts'

// What breaks off in the middle yields what there was: the beginning is all that is wanted.
const ZLIB = { finishFlush: constants.Z_SYNC_FLUSH }
const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(ZLIB),
  'x-gzip': () => createGunzip(ZLIB),
  deflate: () => createInflate(ZLIB),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
}

/**
 * Reads the body of an answer into `take`, decompressed, until that says it has enough, or `most` bytes have come, counted both as they travel and as they unfold.
 * Then the connection is closed. Answers whether that was because of `most`. Throws `NoPreview`.
 */
export async function readBody(answer: IncomingMessage, most: number, signal: AbortSignal, take: (chunk: Buffer) => boolean): Promise<'whole' | 'enough' | 'cut'> {
  let travelled = 0
  let unfolded = 0
  async function* bounded(): AsyncGenerator<Buffer> {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      travelled += chunk.length
      yield chunk
      // Compressed data can be long and say nothing.
      if (travelled >= most) return
    }
  }
  const body = decoded(Readable.from(bounded()), answer.headers['content-encoding'])
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const left = most - unfolded
      unfolded += chunk.length
      if (!take(chunk.subarray(0, left))) return 'enough'
      if (unfolded >= most) return 'cut'
    }
    return travelled >= most ? 'cut' : 'whole'
  } catch {
    throw new NoPreview(signal.aborted ? 'timeout' : 'broken')
  } finally {
    answer.destroy()
    body.destroy()
  }
}

function decoded(raw: Readable, encoding = ''): Readable {
  const name = encoding.trim().toLowerCase()
  if (name === '' || name === 'identity') return raw
  const decoder = Object.hasOwn(DECODERS, name) ? DECODERS[name]?.() : undefined
  if (decoder === undefined) throw new NoPreview('encoding')
  // Errors are met by whoever reads the decoder.
  pipeline(raw, decoder, () => undefined)
  return decoder
}
