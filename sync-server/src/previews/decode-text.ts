import { TextDecoder } from 'node:util'

/** Bytes in which a page may say how it is written. */
const LOOK_BYTES = 1_024
const DECLARED = /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i

export interface TextReader {
  /** Bytes as they come; answers as much text as is certain. */
  push(chunk: Buffer): string
  end(): string
}

/** Turns the bytes of a page into text: by its byte order mark, else its `Content-Type`, else what its first kilobyte declares, else as UTF-8. What is wrong in it becomes U+FFFD. */
export function decodeText(contentType: string): TextReader {
  let first: Buffer[] | undefined = []
  let length = 0
  let decoder: TextDecoder | undefined
  const begin = (): string => {
    const bytes = Buffer.concat(first ?? [])
    first = undefined
    decoder = decoderFor(bytes, contentType)
    return decoder.decode(bytes, { stream: true })
  }
  return {
    push(chunk) {
      if (decoder !== undefined) return decoder.decode(chunk, { stream: true })
      first?.push(chunk)
      length += chunk.length
      return length < LOOK_BYTES ? '' : begin()
    },
    end: () => (decoder === undefined ? begin() : '') + (decoder?.decode() ?? ''),
  }
}

function decoderFor(bytes: Buffer, contentType: string): TextDecoder {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be')
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le')
  const declared = DECLARED.exec(contentType)?.[1] ?? metaCharset(bytes)
  try {
    return new TextDecoder(declared ?? 'utf-8')
  } catch {
    return new TextDecoder('utf-8')
  }
}

/** What could be read as ASCII is not written in UTF-16, whatever it says (as in the standard of HTML). */
function metaCharset(bytes: Buffer): string | undefined {
  const declared = DECLARED.exec(bytes.subarray(0, LOOK_BYTES).toString('latin1'))?.[1]
  return declared !== undefined && /^utf-?16/i.test(declared) ? 'utf-8' : declared
}
