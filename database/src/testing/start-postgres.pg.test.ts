import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, it, vi } from 'vitest'

const PROGRAM = `
import { startPostgres } from '${new URL('./start-postgres.ts', import.meta.url).href}'
const server = await startPostgres()
console.log(server.pid)
if (process.argv[1] === 'stay') setInterval(() => {}, 1000)`

it.each(['stay', 'end'])('a test Postgres does not outlive the process that started it (%s)', async (how) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, how], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) {
    const pid = Number(line)
    expect(existsSync(`/proc/${pid}`)).toBe(true)
    if (how === 'stay') child.kill('SIGKILL')
    await vi.waitUntil(() => !existsSync(`/proc/${pid}`), { timeout: 20_000, interval: 50 })
  }
})
