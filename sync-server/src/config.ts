import { knownPasswordRule, rateLimitsRule, readConfig, SETTINGS } from '@chatflow/server-kit/config'
import { z } from 'zod'

/** Reads the environment of a sync-server that runs alone. Throws `ConfigError` with all problems together. */
export function readSyncConfig(env: Record<string, string | undefined>) {
  return readConfig(
    env,
    {
      ...SETTINGS,
      /** Where the auth-server answers `/.well-known/jwks.json`; by default behind the same address as everything else. */
      AUTH_URL: z
        .string()
        .refine((url) => URL.canParse(url), 'must be an address like http://auth.internal:3001')
        .optional(),
    },
    [rateLimitsRule, knownPasswordRule],
  )
}
