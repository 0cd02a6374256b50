import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from 'node:crypto'

const CURVE = 'prime256v1'
/** An uncompressed point of P-256: 4, x, y. */
const POINT = 65
const SECRET = 16
const SALT = 16
const TAG = 16
/** What every push service takes of a message, and the size of records: there is one. */
const RECORD = 4_096
/** What stands before the encrypted record: salt, size of records, length of the key, the key. */
const HEADER = SALT + 4 + 1 + POINT

/** What a browser tells of a subscription, for messages that nobody between can read. */
export interface PushKeys {
  /** Its public key, an uncompressed point of P-256. */
  p256dh: Buffer
  /** A secret that it shares with whoever may send. */
  auth: Buffer
}

/** True for keys as browsers make them: the point lies on the curve, the secret has 16 bytes. */
export function arePushKeys({ p256dh, auth }: PushKeys): boolean {
  if (auth.length !== SECRET || p256dh.length !== POINT || p256dh[0] !== 4) return false
  try {
    ECDH.convertKey(p256dh, CURVE)
    return true
  } catch {
    return false
  }
}

export interface EncryptOptions {
  /** To so many bytes the text is filled up, so that its length says less. */
  padTo?: number
  /** Both are random, except for the example of the standard. */
  salt?: Buffer
  privateKey?: Buffer
}

/** The body of a push message (RFC 8291): for one browser alone, with a key of its own, in the coding `aes128gcm` (RFC 8188). Throws for keys that are none. */
export function encryptPush(text: Buffer, { p256dh, auth }: PushKeys, { padTo = 0, salt = randomBytes(SALT), privateKey }: EncryptOptions = {}): Buffer {
  const sender = createECDH(CURVE)
  if (privateKey === undefined) sender.generateKeys()
  else sender.setPrivateKey(privateKey)
  const from = sender.getPublicKey()
  const { key, nonce } = contentKeys(sender.computeSecret(p256dh), auth, p256dh, from, salt)
  const padding = Buffer.alloc(Math.max(1, padTo - text.length))
  // The last record: a 2, then zeros.
  padding[0] = 2
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(Buffer.concat([text, padding])), cipher.final(), cipher.getAuthTag()])
  if (HEADER + sealed.length > RECORD) throw new Error('A push message does not fit into one record.')
  const header = Buffer.alloc(HEADER)
  salt.copy(header)
  header.writeUInt32BE(RECORD, SALT)
  header.writeUInt8(POINT, SALT + 4)
  from.copy(header, SALT + 5)
  return Buffer.concat([header, sealed])
}

/** The bytes that a text may have for its message to be accepted by every push service. */
export const PUSH_TEXT_BYTES = RECORD - HEADER - TAG - 1

/** Of the receiver's and sender's public keys, whichever side computes it. */
export function contentKeys(shared: Buffer, auth: Buffer, receiver: Buffer, sender: Buffer, salt: Buffer): { key: Buffer; nonce: Buffer } {
  const derive = (input: Buffer, salted: Buffer, info: Buffer, length: number): Buffer => Buffer.from(hkdfSync('sha256', input, salted, info, length))
  const mixed = derive(shared, auth, Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender]), 32)
  return { key: derive(mixed, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16), nonce: derive(mixed, salt, Buffer.from('Content-Encoding: nonce\0'), 12) }
}
