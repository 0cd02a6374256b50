import { LIMITS } from '@chatflow/shared/limits'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followInput } from './follow-input.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('somebody is away after five minutes without input, and back with the first key', () => {
  const said: boolean[] = []
  const stop = followInput((away) => said.push(away))
  vi.advanceTimersByTime(LIMITS.awayAfterMs - 1_000)
  dispatchEvent(new Event('pointermove'))
  vi.advanceTimersByTime(LIMITS.awayAfterMs - 1)
  expect(said).toEqual([])
  vi.advanceTimersByTime(1)
  expect(said).toEqual([true])
  dispatchEvent(new Event('keydown'))
  expect(said).toEqual([true, false])
  vi.advanceTimersByTime(LIMITS.awayAfterMs)
  expect(said).toEqual([true, false, true])
  stop()
  dispatchEvent(new Event('keydown'))
  expect(said).toHaveLength(3)
})
