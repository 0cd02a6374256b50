import { describe, expect, test } from 'vitest'
import { countPlaywright } from './browser-layer.ts'
import { refuseEmpty } from './layer.ts'
import { countVitest } from './vitest-layer.ts'

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

describe('the count of a vitest run', () => {
  test('is its passed and failed tests', () => {
    expect(countVitest({ ...report, numFailedTests: 2 }, 1)).toEqual({ passed: 3, failed: 2 })
    expect(countVitest(report, 0)).toEqual({ passed: 3, failed: 0 })
  })

  test('takes tests that did not run as failed', () => {
    expect(countVitest({ ...report, numPendingTests: 1, numTodoTests: 1 }, 0)).toEqual({ passed: 3, failed: 2 })
  })

  test('takes a file that could not be loaded as one failure', () => {
    expect(countVitest({ ...report, testResults: [{ status: 'failed', assertionResults: [] }] }, 1)).toEqual({ passed: 3, failed: 1 })
  })

  test('takes an exit code without a failed test, and a missing report, as a failure', () => {
    expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1 })
    expect(countVitest(undefined, 0)).toEqual({ passed: 0, failed: 1 })
  })
})

describe('the count of a browser run', () => {
  test('takes flaky and skipped tests and errors outside of tests as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 }
    expect(countPlaywright({ stats, errors: [{}] }, 1)).toEqual({ passed: 4, failed: 4 })
  })

  test('takes an exit code without a failed test, and a missing report, as a failure', () => {
    expect(countPlaywright({ stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }, 1)).toEqual({ passed: 4, failed: 1 })
    expect(countPlaywright(undefined, 0)).toEqual({ passed: 0, failed: 1 })
  })
})

test('a layer without a test has failed', () => {
  expect(refuseEmpty({ passed: 0, failed: 0, output: '' })).toMatchObject({ passed: 0, failed: 1 })
  expect(refuseEmpty({ passed: 1, failed: 0, output: '' })).toMatchObject({ passed: 1, failed: 0 })
})
