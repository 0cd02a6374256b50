import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { z } from 'zod'
import { clamdAddress } from './clamd-address.ts'
import { LOG_LEVELS } from './logger.ts'

/** Everything that is wrong with the environment: `message` has one sentence a line, fit to print. Values are not repeated, they may be secret. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Shape = Record<string, z.ZodType>
type ConfigOf<S extends Shape> = { [K in keyof S]: z.output<S[K]> }
/** A rule over several variables: a sentence if it is broken. Variables that are wrong themselves are missing here. */
type Rule<S extends Shape> = (config: Partial<ConfigOf<S>>) => string | undefined

/** Variables that hold passwords: each can stand in a file instead, which its name with `_FILE` names, as Docker and Kubernetes hand secrets over. */
const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'])

/**
 * Reads the variables that `shape` names; an empty one counts as not set. Those of `SECRETS` may come from a file. Throws `ConfigError` with all problems together:
 * for each wrong variable its name and the message of its schema, then the broken `rules`.
 */
export function readConfig<S extends Shape>(env: Record<string, string | undefined>, shape: S, rules: readonly Rule<S>[] = []): ConfigOf<S> {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(shape)) {
    const found = SECRETS.has(name) ? secretOf(env, name) : { value: env[name] || undefined }
    if ('problem' in found) {
      problems.push(found.problem)
      continue
    }
    const result = schema.safeParse(found.value)
    if (result.success) config[name] = result.data
    else problems.push(`${name} ${result.error.issues[0]?.message ?? 'is wrong'}.`)
  }
  problems.push(...rules.map((rule) => rule(config as Partial<ConfigOf<S>>)).filter((sentence) => sentence !== undefined))
  if (problems.length > 0) throw new ConfigError(problems)
  return config as ConfigOf<S>
}

/** The value of a variable, or of the file that is named in its place; or a sentence that repeats neither. */
function secretOf(env: Record<string, string | undefined>, name: string): { value: string | undefined } | { problem: string } {
  const value = env[name] || undefined
  const path = env[`${name}_FILE`] || undefined
  if (path === undefined) return { value }
  if (value !== undefined) return { problem: `${name} and ${name}_FILE are both set: only one of them can count.` }
  try {
    // Editors and `echo` end a file with a line break.
    const content = readFileSync(path, 'utf8').trim()
    return content === '' ? { problem: `${name}_FILE names a file that is empty.` } : { value: content }
  } catch (error) {
    return { problem: `${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).` }
  }
}

/** Fastify's `trustProxy`. */
export type TrustProxy = boolean | string[]

/** Names that Fastify knows for the private networks. */
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

/** The variables that the servers share (docs: README, "Configuration"). */
export const SETTINGS = {
  PORT: z
    .string()
    .default('3000')
    .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, 'must be a port number from 0 to 65535')
    .transform(Number),
  DATA_DIR: z.string().default('./data'),
  /** The address people open, without a path; undefined means this machine at the port in use. */
  PUBLIC_URL: z.string().refine(isOrigin, 'must be an address like https://chat.example.org, without a path').transform((url) => new URL(url).origin).optional(),
  DATABASE_URL: z
    .string()
    .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), 'must be an address like postgres://user:password@host:5432/name')
    .optional(),
  /** Limits that several processes share; undefined means each by itself. The password in it is never logged. */
  REDIS_URL: z
    .string()
    .refine((url) => /^rediss?:\/\/./.test(url) && URL.canParse(url), 'must be an address like redis://:password@host:6379')
    .optional(),
  /**
   * Proxies whose X-Forwarded-For is believed: `false`, `true` (whoever connects), or addresses and networks.
   * Not a number of hops: that cannot tell the proxy from someone who connects past it.
   */
  TRUST_PROXY: z
    .string()
    .default('false')
    .transform(readTrustProxy)
    .refine((value): value is TrustProxy => value !== undefined, 'must be true, false, or a list of addresses and networks like 10.0.0.0/8'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  /** Server for mails; undefined: they are kept in an outbox for the operator. */
  SMTP_URL: z
    .string()
    .refine((url) => /^smtps?:\/\/[^/]/.test(url) && URL.canParse(url), 'must be an address like smtps://user:password@mail.example.org')
    // Among what could stand here is that certificates are not looked at.
    .refine((url) => !URL.canParse(url) || /^(\?requireTLS=(true|false))?$/.test(new URL(url).search), 'may be followed by ?requireTLS=true or ?requireTLS=false and by nothing else')
    .optional(),
  /** Scanner for uploaded files; undefined: they are not scanned. */
  CLAMAV_URL: z.string().refine((url) => clamdAddress(url) !== undefined, 'must be an address like tcp://clamav:3310 or unix:/run/clamav/clamd.ctl').optional(),
  /** Who mails come from, an address or `Name <address>`. */
  MAIL_FROM: z.string().max(200).regex(/^(?:[^<>\p{Cc}]* <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, 'must be an address, or a name and an address like ChatFlow <chat@example.org>').optional(),
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on').transform((value) => value === 'on'),
} as const

/** Limits may be off only where nobody else can come: for tests and benchmarks. */
export function rateLimitsRule(config: { RATE_LIMITS?: boolean; PUBLIC_URL?: string | undefined }): string | undefined {
  if (config.RATE_LIMITS !== false || config.PUBLIC_URL === undefined || isLocal(new URL(config.PUBLIC_URL).hostname)) return undefined
  return 'RATE_LIMITS may be off only while PUBLIC_URL is a localhost address.'
}

/** Passwords that stand in examples, ours and others'. */
const KNOWN_PASSWORDS = ['chatflow', 'postgres', 'redis', 'password', 'secret', 'admin', 'root', 'changeme', 'example']

/** A server that others reach has no password that everybody knows: not one of the examples, nor its own user's name. */
export function knownPasswordRule(config: { PUBLIC_URL?: string | undefined } & Partial<Record<'DATABASE_URL' | 'REDIS_URL' | 'SMTP_URL', string | undefined>>): string | undefined {
  if (config.PUBLIC_URL === undefined || isLocal(new URL(config.PUBLIC_URL).hostname)) return undefined
  const known = (['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'] as const).filter((name) => {
    const { username, password } = new URL(config[name] ?? 'none://')
    return password !== '' && (KNOWN_PASSWORDS.includes(password.toLowerCase()) || password === username)
  })
  return known.length === 0 ? undefined : `${known.join(' and ')}: the password is one that everybody knows; choose another before others can reach this server.`
}

/** True for names and addresses of this very machine, as `URL` writes a hostname. */
export function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const bare = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  return bare && (url.protocol === 'http:' || url.protocol === 'https:')
}

function readTrustProxy(value: string): TrustProxy | undefined {
  if (value === 'true') return true
  if (value === 'false') return false
  const list = value.split(',').map((part) => part.trim())
  return list.every(isNetwork) ? list : undefined
}

function isNetwork(value: string): boolean {
  if (NETWORKS.includes(value)) return true
  const [address = '', prefix, more] = value.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  if (prefix === undefined) return true
  try {
    new BlockList().addSubnet(address, Number(prefix), version === 4 ? 'ipv4' : 'ipv6')
    return /^\d+$/.test(prefix)
  } catch {
    return false
  }
}
