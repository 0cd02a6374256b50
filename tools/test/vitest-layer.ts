import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from '../root.ts'
import { type Count, headOf, type Layer, refuseEmpty } from './layer.ts'
import { runProgram } from './run-program.ts'

/** The part of vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; name?: string; message?: string; assertionResults: { status: string; fullName?: string; failureMessages?: string[] }[] }[]
}

/** Runs projects of vitest.config.ts. */
export function vitestLayer(name: string, projects: readonly string[], env: Record<string, string> = {}): Layer {
  return {
    name,
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'chatflow-vitest-'))
      const file = join(folder, 'report.json')
      const args = ['node_modules/vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project])]
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const { code, output } = await runProgram(process.execPath, [...args, ...reporters], { env })
      const report = readReport(file)
      rmSync(folder, { recursive: true, force: true })
      return refuseEmpty({ ...countVitest(report, code), output, failures: nameVitest(report) })
    },
  }
}

/**
 * Counts a report: a test that did not run has not passed, a file that could not be loaded is one failure,
 * and so is an exit code that says failure where the report shows none.
 */
export function countVitest(report: Report | undefined, exitCode: number): Count {
  if (!report) return { passed: 0, failed: 1 }
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + broken.length
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

/** The failed tests of a report, and the files that could not be loaded, with what they said. */
export function nameVitest(report: Report | undefined): string[] {
  return (report?.testResults ?? []).flatMap(({ status, name = '', message = '', assertionResults }) => {
    const file = relative(root, name)
    const tests = assertionResults.filter((test) => test.status === 'failed').map((test) => `${file} > ${test.fullName ?? ''}\n${headOf(test.failureMessages?.join('\n') ?? '')}`)
    return status === 'failed' && tests.length === 0 ? [`${file}\n${headOf(message)}`] : tests
  })
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}
