/** Leaves room before whoever stops us loses patience after 10 s. */
const STOP_WITHIN_MS = 9_000
/** Ctrl-C reaches the process both from the terminal and from npm: within this time it is one wish, after it a second one. */
const SAME_WISH_MS = 1_000

interface StopLog {
  error(fields: object, message: string): void
}

/**
 * Runs `stop` once on SIGTERM, SIGINT, SIGHUP, or when the parent that started this process is gone, then exits with 0.
 * Exits with 1 if it fails, takes too long, or is asked for a second time.
 */
export function onStop(stop: () => Promise<void>, log: StopLog): void {
  let begun: number | undefined
  const begin = (): void => {
    const now = performance.now()
    if (begun !== undefined) {
      if (now - begun > SAME_WISH_MS) process.exit(1)
      return
    }
    begun = now
    console.log('Stopping ...')
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The stop did not go as it should.')
        process.exit(1)
      },
    )
  }
  // Whoever read our output may be gone by then: no reason to stop badly.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, begin)
  if (process.channel) {
    process.on('disconnect', begin)
    process.channel.unref()
  }
}
