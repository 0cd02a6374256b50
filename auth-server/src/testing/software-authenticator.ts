import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type { CeremonyOptions } from '@chatflow/shared/api/second-factor'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const KEY_INCLUDED = 0x40

/** What a page may tell an authenticator, and what an attacker may bend. */
interface Bent {
  origin?: string
  challenge?: string
  userVerified?: boolean
  /** The counter that the answer states instead of the next one. */
  counter?: number
  crossOrigin?: boolean
  userHandle?: string
}

/** An authenticator with one passkey, in software: real keys and signatures, by the WebAuthn specification (level 3, "none" attestation). */
export class SoftwareAuthenticator {
  readonly credential = randomBytes(16)
  readonly #origin: string
  readonly #counts: boolean
  #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #user = ''
  #counter = 0

  /** `counts: false`: like synced passkeys, which have no counter. */
  constructor(origin: string, { counts = true } = {}) {
    this.#origin = origin
    this.#counts = counts
  }

  create(options: CeremonyOptions, bent: Bent = {}) {
    const { rp, user } = options as unknown as { rp: { id: string }; user: { id: string } }
    this.#user = user.id
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.credential.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, this.credential, this.#coseKey()])
    const authData = new Uint8Array(Buffer.concat([this.#head(rp.id, bent, KEY_INCLUDED), attested]))
    const attestation = new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]])
    const attestationObject = Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url')
    return { ...this.#envelope(), response: { clientDataJSON: this.#clientData('webauthn.create', options, bent).toString('base64url'), attestationObject, transports: ['internal'] } }
  }

  get(options: CeremonyOptions, bent: Bent = {}) {
    const { rpId } = options as unknown as { rpId: string }
    const clientData = this.#clientData('webauthn.get', options, bent)
    const authenticatorData = this.#head(rpId, bent, 0)
    const signature = sign('sha256', Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]), this.#keys.privateKey)
    const encoded = { clientDataJSON: clientData.toString('base64url'), authenticatorData: authenticatorData.toString('base64url'), signature: signature.toString('base64url') }
    return { ...this.#envelope(), response: { ...encoded, userHandle: bent.userHandle ?? this.#user } }
  }

  /** Another key under the same id: what someone has who knows of the passkey but does not hold it. */
  forge(): void {
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  }

  #envelope() {
    const id = this.credential.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} }
  }

  #clientData(type: string, options: CeremonyOptions, { origin = this.#origin, challenge = options.challenge, crossOrigin = false }: Bent): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }))
  }

  #head(rpId: string, { userVerified = true, counter }: Bent, flags: number): Buffer {
    this.#counter += this.#counts ? 1 : 0
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.#counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | flags]), count])
  }

  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const key = new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, new Uint8Array(Buffer.from(x, 'base64url'))], [-3, new Uint8Array(Buffer.from(y, 'base64url'))]])
    return Buffer.from(isoCBOR.encode(key as never))
  }
}
