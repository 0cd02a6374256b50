/** A row that a batch relied on without holding it has changed: run the batch again. */
export class RoomChangedMeanwhile extends Error {}

/**
 * SQLSTATE classes 22 (data), 23 (constraint) and 54 (too large for the database) say that the data is at fault; everything else (lost connections, timeouts,
 * deadlocks, shutdown) says nothing about the commands and rejects none of them.
 */
export function isDataError(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^(?:2[23]|54)/.test(code)
}
