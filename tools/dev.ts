/**
 * `npm run dev`: Vite with hot reload for the client, and the servers restarted whenever one of their files changes.
 * Both behind one origin, as in production: Vite passes the servers' paths on.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { root } from './root.ts'

const port = process.env['PORT'] ?? '3000'
const backendPort = await freePort()
const publicUrl = process.env['PUBLIC_URL'] ?? `http://localhost:${port}`

const servers = run(['--watch', '--watch-preserve-output', 'standalone/src/main.ts', '--no-client'], {
  PORT: String(backendPort),
  HOST: '127.0.0.1',
  PUBLIC_URL: publicUrl,
  DATA_DIR: process.env['DATA_DIR'] ?? './data/dev',
})
const vite = run(['node_modules/vite/bin/vite.js'], { PORT: port, CHATFLOW_DEV_BACKEND: `http://127.0.0.1:${backendPort}` })

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
process.on('disconnect', () => stop(0))
servers.on('exit', () => stop(1))
vite.on('exit', () => stop(1))

function run(args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
}

/** Ends both, whichever ended first, and then this process. */
function stop(code: number): void {
  if (stopping) return
  stopping = true
  const running = [servers, vite].filter((child) => child.exitCode === null && child.signalCode === null)
  let left = running.length
  if (left === 0) process.exit(code)
  for (const child of running) {
    child.once('exit', () => {
      left -= 1
      if (left === 0) process.exit(code)
    })
    child.kill('SIGTERM')
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo
      probe.close(() => resolve(free))
    })
  })
}
