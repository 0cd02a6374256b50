import { stripVTControlCharacters } from 'node:util'

/** What a layer of `npm test` counted. */
export interface Count {
  passed: number
  failed: number
}

export interface LayerResult extends Count {
  /** What the layer said; printed in one piece when it ends. */
  output: string
  /** What failed, a few lines each; printed again at the very end. */
  failures: string[]
}

export interface Layer {
  name: string
  run(): Promise<LayerResult>
}

/** A layer that found nothing to test proves nothing: that is a failure. */
export function refuseEmpty(result: LayerResult): LayerResult {
  if (result.passed + result.failed > 0) return result
  return { passed: 0, failed: 1, output: `${result.output}\nNo test was found.`, failures: ['No test was found.'] }
}

/** The head of what a failed test said, without colours and without the ways through libraries. */
export function headOf(message: string): string {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, 12)
    .map((line) => `    ${line.slice(0, 400)}`)
    .join('\n')
}
