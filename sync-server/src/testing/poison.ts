import * as encoding from 'lib0/encoding'

/** An update of the form that every check of bytes lets through, and that makes Yjs throw: its one struct names as its origin what the same client would only make later. */
export function poison(client = 666): Uint8Array {
  return encoding.encode((encoder) => {
    for (const part of [1, 1, client, 0]) encoding.writeVarUint(encoder, part)
    // A string with an origin.
    encoding.writeUint8(encoder, 0b1000_0100)
    for (const part of [client, 50]) encoding.writeVarUint(encoder, part)
    encoding.writeVarString(encoder, 'x')
    encoding.writeVarUint(encoder, 0)
  })
}
