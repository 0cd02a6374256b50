import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answersAt, freePort, startDaemon } from './daemon.ts'

export interface TestRedis {
  url: string
  /** Stops answering, connections stay open: an outage. */
  pause(): void
  resume(): void
  /** Ends the server at once; it forgets everything. */
  stop(): Promise<void>
  /** After `stop`: an empty one at the same address. */
  start(): Promise<void>
  /** Ends it for good, and removes its folder. */
  dispose(): Promise<void>
}

/** A throw-away Redis on a free port, with its files in a temporary folder. Needs the Debian package redis-server. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'chatflow-redis-'))
  const port = await freePort()
  let running = await launch(folder, port)
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void process.kill(running.pid, 'SIGSTOP'),
    resume: () => void process.kill(running.pid, 'SIGCONT'),
    stop: () => running.stop(),
    start: async () => {
      running = await launch(folder, port)
    },
    dispose: async () => {
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function launch(folder: string, port: number): Promise<{ pid: number; stop(): Promise<void> }> {
  const pidFile = join(folder, 'pid')
  await rm(pidFile, { force: true })
  const settings = { port, bind: '127.0.0.1', dir: folder, pidfile: pidFile, appendonly: 'no' }
  const server = startDaemon(['redis-server', ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]), '--save', ''])
  if (!(await answersAt(port, { say: 'PING\r\n', hear: '+PONG', withinMs: 10_000 }))) throw new Error('The test Redis did not start: these tests need the Debian package redis-server.')
  return { pid: Number(await readFile(pidFile, 'utf8')), stop: server.stop }
}
