import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface SecretBox {
  /** `owner`: what is sealed for one opens for no other. */
  seal(plain: string, owner: string): string
  /** Throws if it was not sealed with this key for this owner. */
  open(sealed: string, owner: string): string
}

const NONCE = 12
const TAG = 16

/** AES-256-GCM with a key of 64 hexadecimal digits. What this protects and what not: docs/decisions/two-factor.md. */
export function createSecretBox(keyInHex: string): SecretBox {
  const key = Buffer.from(keyInHex, 'hex')
  return {
    seal(plain, owner) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG }).setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG))
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
    },
  }
}
