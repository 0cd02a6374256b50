import type { AddedPasskey, CeremonyOptions } from '@chatflow/shared/api/second-factor'
import type { Platform } from '../platform/platform.ts'
import { asking } from '../sync/second-step.ts'
import type { Answer, ServerCalls } from './contract.ts'
import { refusalOf } from './refusal-words.ts'

/** Has this device make a passkey and gives it to the server. */
export async function addPasskey(platform: Platform, { call }: ServerCalls, { password, name }: { password: string; name: string }): Promise<Answer<AddedPasskey>> {
  const options = await call<CeremonyOptions>('POST', '/api/auth/passkeys/options', { password })
  if (!options.ok) return options
  try {
    const response = await asking(() => platform.passkeys.create(options.value))
    return await call<AddedPasskey>('POST', '/api/auth/passkeys', { response, name })
  } catch (error) {
    return refusalOf(error)
  }
}
