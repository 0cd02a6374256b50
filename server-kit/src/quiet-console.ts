interface ConsoleLog {
  warn(fields: object, message: string): void
}

/**
 * From now on what libraries write to the console becomes a line of the log that says where it was said and not what: the words hold names of documents, and
 * errors may quote what came in. For a server process that has started; what it tells its operator before, it writes itself.
 */
export function quietConsole(log: ConsoleLog): void {
  for (const method of ['error', 'warn', 'info', 'debug', 'trace'] as const) {
    console[method] = (...words: unknown[]) => log.warn({ ...kindOf(words), at: caller() }, 'a library wrote to the console')
  }
}

function kindOf(words: unknown[]): { type?: string; code?: string } {
  const error = words.find((word) => word instanceof Error) as (Error & { code?: unknown }) | undefined
  if (!error) return {}
  return { type: error.name, ...(typeof error.code === 'string' ? { code: error.code } : {}) }
}

/** File and line of whoever called the console. */
function caller(): string {
  // Above it stand this function and the console's.
  return new Error().stack?.split('\n')[3]?.trim().replace(/^at /, '') ?? ''
}
