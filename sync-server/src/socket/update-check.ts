import { CodedError } from '@chatflow/shared/errors'
import * as decoding from 'lib0/decoding'

/** Nested plain values deeper than this are refused. */
const DEEPEST = 8
/** Items that one client can have made in a document. Beyond 2^53 numbers are not exact: what is stored with such a clock can never be read again. */
const LAST_CLOCK = 2 ** 32
/** Array, map, text, XML element, fragment, hook and text are 0 to 6. */
const LAST_SHARED_TYPE = 6
const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125]

/**
 * Walks a Yjs update (V1 encoding) without building anything from it, and throws `update_refused` if it declares more than `maxStructs`
 * structs, nests values too deep, counts clocks that no client reaches, or is not a V1 update. To be called before any Yjs function sees bytes of a client: Yjs allocates for
 * what a header declares (10 bytes can ask for 240 MB).
 *
 * Layout: the reference encoder of yjs 13, `UpdateEncoderV1`, `writeClientsStructs` and `writeDeleteSet`.
 */
export function checkUpdate(update: Uint8Array, maxStructs: number): void {
  try {
    const decoder = decoding.createDecoder(update)
    let structs = 0
    let clients = count(decoder, 3)
    for (; clients > 0; clients -= 1) {
      let declared = count(decoder, 2)
      structs += declared
      if (structs > maxStructs) throw new Error('structs')
      skipUint(decoder)
      let clock = decoding.readVarUint(decoder)
      for (; declared > 0; declared -= 1) {
        clock += skipStruct(decoder)
        if (clock > LAST_CLOCK) throw new Error('clock')
      }
    }
    let deleters = count(decoder, 2)
    for (; deleters > 0; deleters -= 1) {
      skipUint(decoder)
      let ranges = count(decoder, 2)
      structs += ranges
      if (structs > maxStructs) throw new Error('ranges')
      for (; ranges > 0; ranges -= 1) {
        const clock = decoding.readVarUint(decoder)
        if (clock + decoding.readVarUint(decoder) > LAST_CLOCK) throw new Error('clock')
      }
    }
    if (decoding.hasContent(decoder)) throw new Error('trailing bytes')
  } catch (error) {
    throw new CodedError('update_refused', error instanceof Error ? error.message : undefined)
  }
}

/** A declared count; each thing counted takes at least `least` bytes, so more than fit in what is left is a lie. */
function count(decoder: decoding.Decoder, least: number): number {
  const declared = decoding.readVarUint(decoder)
  if (declared * least > decoder.arr.length - decoder.pos) throw new Error('count')
  return declared
}

function skipUint(decoder: decoding.Decoder): void {
  decoding.readVarUint(decoder)
}

function skipBytes(decoder: decoding.Decoder): void {
  const length = decoding.readVarUint(decoder)
  if (length > decoder.arr.length - decoder.pos) throw new Error('length')
  decoder.pos += length
}

/** Only the depth counts here: `JSON.parse` goes deeper than `JSON.stringify`, so what nests without end could be read once and never be written again. */
function skipJson(decoder: decoding.Decoder): void {
  const length = decoding.readVarUint(decoder)
  if (length > decoder.arr.length - decoder.pos) throw new Error('length')
  const end = decoder.pos + length
  let depth = 0
  let quoted = false
  for (let i = decoder.pos; i < end; i += 1) {
    const sign = decoder.arr[i]
    if (quoted) {
      if (sign === BACKSLASH) i += 1
      else if (sign === QUOTE) quoted = false
    } else if (sign === QUOTE) quoted = true
    else if (sign === OPEN_ARRAY || sign === OPEN_OBJECT) {
      depth += 1
      if (depth > DEEPEST) throw new Error('depth')
    } else if (sign === CLOSE_ARRAY || sign === CLOSE_OBJECT) depth -= 1
  }
  decoder.pos = end
}

function skipId(decoder: decoding.Decoder): void {
  skipUint(decoder)
  skipUint(decoder)
}

/** Answers how many clocks it takes, or somewhat more: of text, its bytes. */
function skipStruct(decoder: decoding.Decoder): number {
  const info = decoding.readUint8(decoder)
  const kind = info & 0b1_1111
  // Garbage-collected and skipped ranges carry only a length.
  if (kind === 0 || kind === 10) return decoding.readVarUint(decoder)
  const hasOrigin = (info & 0b1000_0000) !== 0
  const hasRightOrigin = (info & 0b0100_0000) !== 0
  if (hasOrigin) skipId(decoder)
  if (hasRightOrigin) skipId(decoder)
  if (!hasOrigin && !hasRightOrigin) {
    if (decoding.readVarUint(decoder) === 1) skipBytes(decoder)
    else skipId(decoder)
    if ((info & 0b0010_0000) !== 0) skipBytes(decoder)
  }
  const start = decoder.pos
  // A length that is only declared.
  if (kind === 1) return decoding.readVarUint(decoder)
  skipContent(decoder, kind)
  return decoder.pos - start
}

function skipContent(decoder: decoding.Decoder, kind: number): void {
  switch (kind) {
    case 2: { // JSON: strings
      let items = count(decoder, 1)
      for (; items > 0; items -= 1) skipJson(decoder)
      return
    }
    case 3: // binary
    case 4: // string
      skipBytes(decoder)
      return
    case 5: // embed, as JSON
      skipJson(decoder)
      return
    case 6: // format: key and JSON value
      skipBytes(decoder)
      skipJson(decoder)
      return
    case 7: { // a shared type; XML elements and hooks carry a name
      const type = decoding.readVarUint(decoder)
      if (type > LAST_SHARED_TYPE) throw new Error('type')
      if (type === 3 || type === 5) skipBytes(decoder)
      return
    }
    case 8: { // plain values
      let items = count(decoder, 1)
      for (; items > 0; items -= 1) skipAny(decoder, 0)
      return
    }
    default: // subdocuments (9) and anything unknown are not for clients
      throw new Error('content')
  }
}

function skipAny(decoder: decoding.Decoder, depth: number): void {
  if (depth > DEEPEST) throw new Error('depth')
  switch (decoding.readUint8(decoder)) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125: // integer
      decoding.readVarInt(decoder)
      return
    case 124: // float32
      decoder.pos += 4
      break
    case 123: // float64
    case 122: // bigint
      decoder.pos += 8
      break
    case 119: // string
    case 116: // bytes
      skipBytes(decoder)
      return
    case 118: { // object
      let fields = count(decoder, 2)
      for (; fields > 0; fields -= 1) {
        skipBytes(decoder)
        skipAny(decoder, depth + 1)
      }
      return
    }
    case 117: { // array
      let items = count(decoder, 1)
      for (; items > 0; items -= 1) skipAny(decoder, depth + 1)
      return
    }
    default:
      throw new Error('value')
  }
  if (decoder.pos > decoder.arr.length) throw new Error('length')
}
