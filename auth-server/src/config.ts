import { knownPasswordRule, rateLimitsRule, readConfig, SETTINGS } from '@chatflow/server-kit/config'

/** The configuration of an auth-server that runs by itself. Throws `ConfigError`. */
export function readAuthConfig(env: Record<string, string | undefined>) {
  const config = readConfig(env, SETTINGS, [rateLimitsRule, knownPasswordRule])
  return { ...config, PUBLIC_URL: config.PUBLIC_URL ?? `http://localhost:${config.PORT}` }
}
