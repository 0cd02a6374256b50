import { text } from '@chatflow/shared/text'
import { z } from 'zod'

/** base64url of at most `max` characters. */
const encoded = (max: number) => text(1, max).regex(/^[\w-]+$/)

const common = {
  id: encoded(1_400),
  rawId: encoded(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish().transform((value) => value ?? undefined),
  clientExtensionResults: z.looseObject({}).optional(),
}

/** What `navigator.credentials.create()` gave, in the JSON form of WebAuthn level 3. */
export const attestationInput = z.strictObject({
  ...common,
  response: z.strictObject({
    clientDataJSON: encoded(4_000),
    attestationObject: encoded(32_000),
    authenticatorData: encoded(8_000).optional(),
    transports: z.array(text(1, 32)).max(10).optional(),
    publicKey: encoded(4_000).optional(),
    publicKeyAlgorithm: z.int().optional(),
  }),
})
export type Attestation = z.output<typeof attestationInput>

/** What `navigator.credentials.get()` gave. */
export const assertionInput = z.strictObject({
  ...common,
  response: z.strictObject({ clientDataJSON: encoded(4_000), authenticatorData: encoded(8_000), signature: encoded(8_000), userHandle: encoded(200).optional() }),
})
export type Assertion = z.output<typeof assertionInput>
