/**
 * As much of protobuf's encoding as the push service of Chromium needs. A field is its number and a value: a number is a varint, a bigint eight fixed bytes, all else has its length before it.
 */
export type Field = readonly [number: number, value: number | bigint | string | Buffer]

const VARINT = 0
const FIXED = 1
const LONG = 2

export function encode(fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number * 8 + VARINT), varint(value)]
    if (typeof value === 'bigint') {
      const fixed = Buffer.alloc(8)
      fixed.writeBigUInt64LE(value)
      return [varint(number * 8 + FIXED), fixed]
    }
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    return [varint(number * 8 + LONG), varint(bytes.length), bytes]
  }))
}

/** The last value of each field. Throws for what is not complete, or has a type of which nothing here makes use. */
export function decode(message: Buffer): Map<number, bigint | Buffer> {
  const fields = new Map<number, bigint | Buffer>()
  let at = 0
  const next = (): bigint => {
    const found = readVarint(message, at)
    if (found === undefined) throw new Error('A message ends within a number.')
    at = found.end
    return found.value
  }
  while (at < message.length) {
    const key = Number(next())
    const type = key % 8
    if (type === VARINT) fields.set(key >> 3, next())
    else if (type === FIXED) {
      fields.set(key >> 3, message.readBigUInt64LE(at))
      at += 8
    } else if (type === LONG) {
      const length = Number(next())
      if (at + length > message.length) throw new Error('A message ends within a field.')
      fields.set(key >> 3, message.subarray(at, at + length))
      at += length
    } else throw new Error(`A field has the type ${type}.`)
  }
  return fields
}

export function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}

/** Undefined: it is not all there yet. */
export function readVarint(bytes: Buffer, from: number): { value: bigint; end: number } | undefined {
  let value = 0n
  for (let at = from, shift = 0n; at < bytes.length; at += 1, shift += 7n) {
    const byte = bytes.readUInt8(at)
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return { value, end: at + 1 }
  }
  return undefined
}
