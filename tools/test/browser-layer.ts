import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Count, headOf, type Layer, refuseEmpty } from './layer.ts'
import { runProgram } from './run-program.ts'

/** The part of Playwright's JSON report that is counted. */
interface Report {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: { message?: string }[]
  suites?: Suite[]
}

/** A file, or a `describe` in it. */
interface Suite {
  suites?: Suite[]
  specs: { title: string; file: string; ok: boolean; tests: { results: { errors: { message?: string }[] }[] }[] }[]
}

/** Builds the client if its sources changed, then runs e2e/*.spec.ts in Chromium. */
export function browserLayer(name: string): Layer {
  return {
    name,
    async run() {
      const build = await runProgram(process.execPath, ['tools/build-client.ts'])
      if (build.code !== 0) return { passed: 0, failed: 1, output: build.output, failures: [`the client could not be built\n${headOf(build.output)}`] }
      const folder = mkdtempSync(join(tmpdir(), 'chatflow-playwright-'))
      const file = join(folder, 'report.json')
      const args = ['e2e/node_modules/@playwright/test/cli.js', 'test', '--config=e2e/playwright.config.ts', '--reporter=list,json']
      const { code, output } = await runProgram(process.execPath, args, { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file } })
      const report = readReport(file)
      rmSync(folder, { recursive: true, force: true })
      return refuseEmpty({ ...countPlaywright(report, code), output, failures: namePlaywright(report) })
    },
  }
}

/** Counts a report. A test that passes only sometimes, or did not run, has not passed. */
export function countPlaywright(report: Report | undefined, exitCode: number): Count {
  if (!report) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky + skipped + report.errors.length
  return { passed: expected, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

/** The failed tests of a report, and errors outside of tests, with what they said. */
export function namePlaywright(report: Report | undefined): string[] {
  const outside = (report?.errors ?? []).map(({ message = '' }) => headOf(message))
  const within = ({ suites = [], specs }: Suite): string[] => [
    ...specs.filter(({ ok }) => !ok).map(({ title, file, tests }) => `${file} > ${title}\n${headOf(tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message = '' }) => message))).join('\n'))}`),
    ...suites.flatMap(within),
  ]
  return [...outside, ...(report?.suites ?? []).flatMap(within)]
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}
