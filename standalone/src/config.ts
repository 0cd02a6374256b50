import { z } from 'zod'

export interface Config {
  port: number
  /** Interface to listen on. */
  host: string
  /** The address that people open, without a slash at the end. */
  publicUrl: string
  dataDir: string
  databaseUrl: string | undefined
  redisUrl: string | undefined
  trustProxy: boolean | number
  logLevel: LogLevel
  rateLimits: boolean
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Environment variables are strings; an empty one counts as unset. */
const variables = z.object({
  PORT: z
    .string()
    .regex(/^[0-9]{1,5}$/)
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'range')
    .default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: z.string().refine(isOrigin).optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//)
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//)
    .optional(),
  TRUST_PROXY: z.union([z.enum(['on', 'off']), z.string().regex(/^[1-9]$/)]).default('off'),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
})

/** What each variable must be, for the sentence that says it is not. */
const EXPECTED: Record<keyof z.infer<typeof variables>, string> = {
  PORT: 'a number from 1 to 65535',
  HOST: 'an address of this machine, for example 127.0.0.1',
  PUBLIC_URL: 'the address people open, without a path, for example https://chat.example.org',
  DATA_DIR: 'a folder',
  DATABASE_URL: 'an address like postgres://user:password@host:5432/name',
  REDIS_URL: 'an address like redis://host:6379',
  TRUST_PROXY: 'on, off, or the number of proxies (1 to 9)',
  LOG_LEVEL: `one of ${LOG_LEVELS.join(', ')}`,
  RATE_LIMITS: 'on or off',
}

/** Turns environment variables into the configuration, or into all the problems at once, one sentence each. Values are never repeated: they may be secret. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): { config: Config } | { problems: string[] } {
  const given = Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, env[name] === '' ? undefined : env[name]]))
  const result = variables.safeParse(given)
  if (!result.success) {
    const names = new Set(result.error.issues.map((issue) => String(issue.path[0]) as keyof typeof EXPECTED))
    return { problems: [...names].map((name) => `${name} must be ${EXPECTED[name]}.`) }
  }
  const values = result.data
  const publicUrl = values.PUBLIC_URL?.replace(/\/$/, '') ?? `http://localhost:${values.PORT}`
  const local = isLocal(publicUrl)
  if (values.RATE_LIMITS === 'off' && !local) {
    return { problems: ['RATE_LIMITS=off is for tests and benchmarks: it is refused unless PUBLIC_URL is a localhost address.'] }
  }
  return {
    config: {
      port: values.PORT,
      // A server that nobody outside can be meant to reach listens on this machine only.
      host: values.HOST ?? (local ? 'localhost' : '::'),
      publicUrl,
      dataDir: values.DATA_DIR,
      databaseUrl: values.DATABASE_URL,
      redisUrl: values.REDIS_URL,
      trustProxy: values.TRUST_PROXY === 'on' || (values.TRUST_PROXY === 'off' ? false : Number(values.TRUST_PROXY)),
      logLevel: values.LOG_LEVEL,
      rateLimits: values.RATE_LIMITS === 'on',
    },
  }
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
}

function isLocal(address: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)
}
