import { headOf, type Layer, type LayerResult } from './layer.ts'
import { runProgram } from './run-program.ts'

export interface Check {
  name: string
  /** Arguments for Node, the program first. */
  args: readonly string[]
}

/** A layer of programs that only say yes or no; each counts as one test. */
export function checkLayer(name: string, checks: readonly Check[]): Layer {
  return {
    name,
    async run() {
      const outcome: LayerResult = { passed: 0, failed: 0, output: '', failures: [] }
      for (const check of checks) {
        const { code, output } = await runProgram(process.execPath, check.args)
        if (code === 0) outcome.passed += 1
        else {
          outcome.failed += 1
          outcome.failures.push(`${check.name}\n${headOf(output)}`)
        }
        outcome.output += `${code === 0 ? 'ok    ' : 'FAILED'} ${check.name}\n${code === 0 ? '' : output}`
      }
      return outcome
    },
  }
}
