import pino from 'pino'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Keys whose values never reach a log, wherever they stand down to the third level. */
const SECRET = [
  'password', 'current', 'next', 'token', 'accessToken', 'refreshToken', 'secret', 'cookie', 'authorization', 'email', 'login',
  'text', 'body', 'payload', 'ip', 'ips', 'address', 'remoteAddress', 'host', 'url', 'headers',
]

/**
 * The logger of a server process: one JSON object a line, on standard output or `stream`.
 * Bodies, tokens, cookies and addresses are left out, and so is everything an error may quote from them.
 */
export function createLogger(level: LogLevel, stream?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[left out]' },
    hooks: { logMethod: withoutErrorMessage },
    serializers: { err: errorForLog, error: errorForLog, cause: errorForLog, req: nothing, res: nothing },
  }
  return stream ? pino(options, stream) : pino(options)
}

/** pino takes the message of an error for the line's own where that is missing, past the serializer. */
function withoutErrorMessage(this: pino.Logger, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [first, message] = args as unknown[]
  const values = first instanceof Error ? { err: first } : first
  if (typeof values === 'object' && values !== null && message === undefined) method.call(this, values, 'err' in values ? 'error' : '')
  else method.apply(this, [values, ...args.slice(1)] as Parameters<pino.LogFn>)
}

const nothing = () => undefined

interface LoggedError {
  type: string
  message?: string
  code?: string
  table?: string
  constraint?: string
  stack?: string
  cause?: LoggedError
}

/**
 * An error without what it may quote: messages of the database and of parsers contain values (`Key (email)=(...)`,
 * `Unexpected token in "..."`), those of the network addresses (`connect ECONNREFUSED 192.0.2.1:5432`), so of those only the kind, the place and the stack's frames are kept.
 */
function errorForLog(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, severity, syscall, table, constraint } = error as Error & Record<string, unknown>
  const quotes = error instanceof SyntaxError || error.name === 'ZodError' || typeof severity === 'string' || typeof syscall === 'string'
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).join('\n')
  return {
    type: error.name,
    ...(quotes ? {} : { message: error.message }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(frames ? { stack: frames } : {}),
    ...(error.cause === undefined ? {} : { cause: errorForLog(error.cause) }),
  }
}
