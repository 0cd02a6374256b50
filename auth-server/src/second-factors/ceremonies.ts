import type { Queryable } from '@chatflow/database'
import type { CeremonyOptions } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { User } from '../users.ts'
import { keepChallenge, takeChallenge, type ChallengeUse } from './challenges.ts'
import { findPasskey, passkeysOf, type Passkey } from './passkeys.ts'
import type { Assertion, Attestation } from './webauthn-input.ts'

/** Whom passkeys are for, by WebAuthn's names. */
export interface RelyingParty {
  /** Host of the public address: passkeys made under one name are lost under another. */
  id: string
  origin: string
}

/** From the public address only, never from a header. */
export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl)
  return { id: hostname, origin }
}

/** EdDSA, ES256, RS256: what authenticators have. */
const ALGORITHMS = [-8, -7, -257]

/** Options for making a passkey. It is found without a name being given, and asks its owner for a finger, a face or a PIN, so that it is two factors in one. */
export async function registrationOptions(q: Queryable, party: RelyingParty, user: User, now: number): Promise<CeremonyOptions> {
  const options = await generateRegistrationOptions({
    rpName: 'ChatFlow',
    rpID: party.id,
    userID: handleOf(user.id),
    userName: user.username ?? user.id,
    userDisplayName: user.display_name,
    attestationType: 'none',
    excludeCredentials: (await passkeysOf(q, user.id)).map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
  await keepChallenge(q, options.challenge, { user: user.id }, now)
  return { ...options }
}

/** What a device has made for `user`, if all is right with it. Throws `passkey_refused`. */
export async function verifyRegistration(q: Queryable, party: RelyingParty, user: Id, response: Attestation, now: number) {
  const expectedChallenge = await takeChallenge(q, response.response.clientDataJSON, { user }, now)
  const { registrationInfo } = await refusing(() =>
    verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!registrationInfo) throw new CodedError('passkey_refused')
  const { credential, credentialBackedUp } = registrationInfo
  return {
    credential: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: response.response.transports ?? [],
    synced: credentialBackedUp,
  }
}

/** Options for a signature with one of the user's passkeys, or, where nobody is named, with whichever the device has. It counts for `use` only. */
export async function authenticationOptions(q: Queryable, party: RelyingParty, { user }: { user?: Id | undefined }, now: number, use: ChallengeUse): Promise<CeremonyOptions> {
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    userVerification: 'required',
    ...(user === undefined ? {} : { allowCredentials: (await passkeysOf(q, user)).map(descriptorOf) }),
  })
  await keepChallenge(q, options.challenge, use, now)
  return { ...options }
}

/** The passkey that signed, and its new counter, which is for the caller to keep. Throws `passkey_refused`. */
export async function verifyAuthentication(q: Queryable, party: RelyingParty, response: Assertion, use: ChallengeUse, now: number): Promise<{ passkey: Passkey; counter: number }> {
  const expectedChallenge = await takeChallenge(q, response.response.clientDataJSON, use, now)
  const passkey = await findPasskey(q, response.id)
  if (!passkey) throw new CodedError('passkey_refused')
  const { userHandle } = response.response
  if (userHandle !== undefined && !Buffer.from(userHandle, 'base64url').equals(handleOf(passkey.user_id))) throw new CodedError('passkey_refused')
  const { verified, authenticationInfo } = await refusing(() =>
    verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: passkey.credential, publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')), counter: passkey.counter },
    }),
  )
  if (!verified) throw new CodedError('passkey_refused')
  return { passkey, counter: authenticationInfo.newCounter }
}

/** The library throws plain errors for whatever is wrong with an answer, and their messages quote it. */
async function refusing<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify()
  } catch {
    throw new CodedError('passkey_refused')
  }
}

/** What the authenticator keeps as the user: the id's 16 bytes, so that it says nothing about the person. */
function handleOf(user: Id): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(user.replaceAll('-', ''), 'hex'))
}

function descriptorOf({ credential, transports }: Passkey) {
  return { id: credential, transports }
}
