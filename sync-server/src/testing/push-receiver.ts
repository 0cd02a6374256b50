import { createDecipheriv, createECDH, randomBytes } from 'node:crypto'
import { contentKeys, type PushKeys } from '../push/encrypt.ts'

/** What a browser does with its subscription: it has the private key, and reads what comes. */
export class PushReceiver {
  readonly keys: PushKeys
  private readonly ecdh = createECDH('prime256v1')

  constructor(known?: { privateKey: Buffer; auth: Buffer }) {
    if (known === undefined) this.ecdh.generateKeys()
    else this.ecdh.setPrivateKey(known.privateKey)
    this.keys = { p256dh: this.ecdh.getPublicKey(), auth: known?.auth ?? randomBytes(16) }
  }

  /** As they are handed to the server. */
  get wire(): { p256dh: string; auth: string } {
    return { p256dh: this.keys.p256dh.toString('base64url'), auth: this.keys.auth.toString('base64url') }
  }

  /** Throws for what was not meant for it, or was changed on the way. */
  decrypt(body: Buffer): Buffer {
    const salt = body.subarray(0, 16)
    const recordSize = body.readUInt32BE(16)
    const sender = body.subarray(21, 21 + body.readUInt8(20))
    const sealed = body.subarray(21 + sender.length)
    if (sealed.length > recordSize) throw new Error('more than one record')
    const { key, nonce } = contentKeys(this.ecdh.computeSecret(sender), this.keys.auth, this.keys.p256dh, sender, salt)
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    const end = padded.lastIndexOf(2)
    if (end === -1 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('not padded as it should be')
    return padded.subarray(0, end)
  }
}
