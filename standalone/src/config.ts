import { isLocal, knownPasswordRule, rateLimitsRule, readConfig, SETTINGS } from '@chatflow/server-kit/config'
import type { LogLevel } from '@chatflow/server-kit/logger'
import { z } from 'zod'

/** The configuration of `npm start`, declared and checked here and nowhere else (README, "Configuration"). Throws `ConfigError`. */
export function readStandaloneConfig(env: Record<string, string | undefined>) {
  return readConfig(env, VARIABLES, [rateLimitsRule, knownPasswordRule])
}

export type StandaloneConfig = ReturnType<typeof readStandaloneConfig>

const VARIABLES = {
  ...SETTINGS,
  /** Address to listen on. Not set: see `hostOf`. */
  HOST: z.string().optional(),
  /** Not set: see `logLevelOf`. */
  LOG_LEVEL: SETTINGS.LOG_LEVEL.unwrap().optional(),
} as const

/** Where to listen: without a public address nobody outside is meant to come, so only this machine can. */
export function hostOf(config: StandaloneConfig): string {
  return config.HOST ?? (config.PUBLIC_URL === undefined ? 'localhost' : '::')
}

/** Someone at a terminal wants to see the address, not a line for each request; a server that others reach tells whom it refused. */
export function logLevelOf({ LOG_LEVEL, PUBLIC_URL }: StandaloneConfig): LogLevel {
  return LOG_LEVEL ?? (PUBLIC_URL === undefined || isLocal(new URL(PUBLIC_URL).hostname) ? 'warn' : 'info')
}

/** The address people open. */
export function publicUrlOf(config: StandaloneConfig, port: number): string {
  return config.PUBLIC_URL ?? `http://localhost:${port}`
}
