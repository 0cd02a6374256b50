/** `npm run sim -- --seeds 2000 --from 1`: the simulation over more seeds than `npm test` takes. */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { root } from './root.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } } })
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9][0-9]{0,8}$/.test(value)) {
    console.error(`--${name} is a positive whole number, not "${value}".`)
    process.exit(1)
  }
}
const env = { ...process.env, SIM_SEEDS: values.seeds, SIM_FROM: values.from }
const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'sim', '--testTimeout=0'], { cwd: root, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
