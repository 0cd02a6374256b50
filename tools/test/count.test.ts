import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../root.ts'
import { countPlaywright, namePlaywright } from './browser-layer.ts'
import { refuseEmpty } from './layer.ts'
import { countVitest, nameVitest } from './vitest-layer.ts'

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

describe('what failed is named with what it said', () => {
  test('of a vitest run: tests, and files that could not be loaded', () => {
    const testResults = [
      { status: 'failed', name: join(root, 'a.test.ts'), assertionResults: [{ status: 'passed', fullName: 'one' }, { status: 'failed', fullName: 'two', failureMessages: ['\u001B[31mexpected 1\u001B[39m\n\nto be 2'] }] },
      { status: 'failed', name: join(root, 'b.test.ts'), message: 'no such module', assertionResults: [] },
    ]
    expect(nameVitest({ ...report, testResults })).toEqual(['a.test.ts > two\n    expected 1\n    to be 2', 'b.test.ts\n    no such module'])
    expect(nameVitest(undefined)).toEqual([])
  })

  test('of a browser run: specs, however deep, and errors outside of tests', () => {
    const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 }
    const spec = (title: string, ok: boolean) => ({ title, file: 'a.spec.ts', ok, tests: [{ results: [{ errors: ok ? [] : [{ message: 'not there' }] }] }] })
    const suites = [{ specs: [spec('one', true)], suites: [{ specs: [spec('two', false)] }] }]
    expect(namePlaywright({ stats, errors: [{ message: 'no browser' }], suites })).toEqual(['    no browser', 'a.spec.ts > two\n    not there'])
    expect(namePlaywright(undefined)).toEqual([])
  })
})

test('a layer without a test has failed', () => {
  expect(refuseEmpty({ passed: 0, failed: 0, output: '', failures: [] })).toMatchObject({ passed: 0, failed: 1 })
  expect(refuseEmpty({ passed: 1, failed: 0, output: '', failures: [] })).toMatchObject({ passed: 1, failed: 0 })
})
