import { z } from 'zod'

const METHODS = ['totp', 'passkey', 'recovery'] as const
/** What can complete a sign-in: a code of an authenticator app, a passkey, a recovery code. */
export type SecondFactorMethod = (typeof METHODS)[number]

/** What the problem `second_factor_required` carries besides: the `ticket` (5 minutes, 5 tries) and what can be used with it. */
export const secondFactorChallengeSchema = z.object({ ticket: z.string(), methods: z.array(z.enum(METHODS)) })
export type SecondFactorChallenge = z.infer<typeof secondFactorChallengeSchema>

const passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  /** ms since the epoch; absent: never. */
  lastUsedAt: z.number().optional(),
  /** Kept by the person's own account at the maker of the device, so that it works on other devices too. */
  synced: z.boolean(),
})
export type PasskeyInfo = z.infer<typeof passkey>

/** Answer of `GET /api/auth/second-factors`. `recoveryCodes`: how many are unused. */
export const secondFactorsSchema = z.object({ totp: z.boolean(), passkeys: z.array(passkey), recoveryCodes: z.number() })
export type SecondFactors = z.infer<typeof secondFactorsSchema>

/** A secret that waits for its first code: in base32, and as the address that authenticator apps read from a picture. */
export const totpSetupSchema = z.object({ secret: z.string(), uri: z.string() })
export type TotpSetup = z.infer<typeof totpSetupSchema>

/** New recovery codes, shown this once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>

/** `recoveryCodes` come with the first of all second factors. */
export const addedPasskeySchema = z.object({ passkey, recoveryCodes: z.array(z.string()).optional() })
export type AddedPasskey = z.infer<typeof addedPasskeySchema>

/** Options for `navigator.credentials`, in the JSON form of WebAuthn level 3. */
export const ceremonyOptionsSchema = z.looseObject({ challenge: z.string() })
export type CeremonyOptions = z.infer<typeof ceremonyOptionsSchema>
