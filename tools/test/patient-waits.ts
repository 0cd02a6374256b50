/** Runs before every test file: `vi.waitFor` and `vi.waitUntil` give up after a second unless told otherwise, which vitest has no setting for (vitest.config.ts says why they should not). */
import { vi } from 'vitest'

const TIMEOUT_MS = 20_000

const { waitFor, waitUntil } = vi

vi.waitFor = (callback, options) => waitFor(callback, patient(options))
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options))

function patient<T extends { timeout?: number }>(options: number | T | undefined): number | T | { timeout: number } {
  if (typeof options === 'number') return options
  return { timeout: TIMEOUT_MS, ...options }
}
