import type { Signed } from '@chatflow/shared/api/account'
import { secondFactorChallengeSchema, type CeremonyOptions, type SecondFactorChallenge } from '@chatflow/shared/api/second-factor'
import type { Platform } from '../platform/platform.ts'
import { ApiError, request } from './api.ts'

/** How a sign-in goes on after the right password, with its ticket; a passkey also begins and ends one by itself. */
export type SecondStep = { by: 'totp' | 'recovery'; ticket: string; code: string } | { by: 'passkey'; ticket?: string }

/** How somebody who is signed in shows once more that it is them: the password, a second step where that is asked for, or a passkey alone. */
export type Confirmation = { by: 'password'; password: string } | SecondStep

/** What the server is sent of it; a passkey is asked for first. Rejects with `PasskeyDeclined`. */
export async function confirmationBody(platform: Platform, step: Confirmation, token: string): Promise<object> {
  if (step.by !== 'passkey') return step
  const ticket = step.ticket === undefined ? {} : { ticket: step.ticket }
  const options = await request<CeremonyOptions>(platform, 'POST', '/api/auth/confirm/passkey/options', { token, body: ticket })
  return { by: 'passkey', ...ticket, response: await asking(() => platform.passkeys.get(options)) }
}

/** The person or the device did not give a passkey: nothing was sent. */
export class PasskeyDeclined extends Error {
  constructor(cause: unknown) {
    super('no passkey was used', { cause })
    this.name = 'PasskeyDeclined'
  }
}

export async function takeSecondStep(platform: Platform, step: SecondStep): Promise<Signed> {
  if (step.by !== 'passkey') return request<Signed>(platform, 'POST', `/api/auth/login/${step.by}`, { body: { ticket: step.ticket, code: step.code } })
  const ticket = step.ticket === undefined ? {} : { ticket: step.ticket }
  const options = await request<CeremonyOptions>(platform, 'POST', '/api/auth/login/passkey/options', { body: ticket })
  const response = await asking(() => platform.passkeys.get(options))
  return request<Signed>(platform, 'POST', '/api/auth/login/passkey', { body: { ...ticket, response } })
}

/** Runs what asks the person for a passkey. Rejects with `PasskeyDeclined`. */
export async function asking(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask()
  } catch (error) {
    throw new PasskeyDeclined(error)
  }
}

/** What a refused sign-in asks for besides the password, if that is why it was refused. */
export function challengeOf(error: unknown): SecondFactorChallenge | undefined {
  if (!(error instanceof ApiError) || error.code !== 'second_factor_required') return undefined
  const challenge = secondFactorChallengeSchema.safeParse(error.problem)
  return challenge.success ? challenge.data : undefined
}
