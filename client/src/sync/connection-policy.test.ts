import { describe, expect, it } from 'vitest'
import { afterClose, afterRefusal, delayMs } from './connection-policy.ts'

describe('what follows on the loss of a socket', () => {
  it.each([
    [1012, { next: 'reconnect', delay: 'jitter' }],
    [4401, { next: 'refresh' }],
    [4403, { next: 'reconnect', delay: 'now' }],
    [4406, { next: 'refused', code: 'protocol_unsupported' }],
    [4408, { next: 'reconnect', delay: 'backoff' }],
    [4429, { next: 'reconnect', delay: 'backoff' }],
    [1006, { next: 'reconnect', delay: 'backoff' }],
    [1000, { next: 'reconnect', delay: 'backoff' }],
    [4999, { next: 'reconnect', delay: 'backoff' }],
  ])('code %i', (code, next) => {
    expect(afterClose(code)).toEqual(next)
  })
})

describe('what follows when a document is refused', () => {
  it.each([
    ['auth:token_expired', { next: 'refresh' }],
    ['auth:session_ended', { next: 'refresh' }],
    ['auth:something_newer', { next: 'refresh' }],
    ['auth:account_disabled', { next: 'refused', code: 'account_disabled' }],
    ['auth:protocol_unsupported', { next: 'refused', code: 'protocol_unsupported' }],
    ['auth:forbidden', { next: 'gone', code: 'forbidden' }],
    ['gone:not_a_member', { next: 'gone', code: 'not_a_member' }],
    ['gone:something_newer', { next: 'gone', code: 'document_gone' }],
    ['retry:unavailable', { next: 'retry' }],
    ['permission-denied', { next: 'retry' }],
    ['', { next: 'retry' }],
  ])('%s', (reason, next) => {
    expect(afterRefusal(reason)).toEqual(next)
  })
})

describe('the wait before the next try', () => {
  it('is nothing after a change of rights, once', () => {
    expect(delayMs('now', 0, 0.9)).toBe(0)
    expect(delayMs('now', 1, 0)).toBe(1_000)
  })

  it('is spread over a second after a restart', () => {
    expect(delayMs('jitter', 0, 0)).toBe(0)
    expect(delayMs('jitter', 0, 0.5)).toBe(500)
  })

  it('doubles up to half a minute, with jitter', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => delayMs('backoff', attempt, 1))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect(delayMs('backoff', 0, 0)).toBe(500)
  })
})
