import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Count, type Layer, refuseEmpty } from './layer.ts'
import { runProgram } from './run-program.ts'

/** The part of vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
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
      const count = countVitest(readReport(file), code)
      rmSync(folder, { recursive: true, force: true })
      return refuseEmpty({ ...count, output })
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

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}
