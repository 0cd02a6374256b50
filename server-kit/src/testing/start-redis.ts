import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Ends the server once the pipe to the tests is closed, also because their process was killed. */
const KEEPER = `
"$@" </dev/null & server=$!
cat >/dev/null
kill -CONT $server; kill -KILL $server; wait $server`

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
  const args = ['redis-server', ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]), '--save', '']
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', ...args], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  keeper.unref()
  await answering(port)
  return {
    pid: Number(await readFile(pidFile, 'utf8')),
    async stop() {
      if (keeper.exitCode !== null) return
      keeper.ref()
      keeper.stdin.end()
      await once(keeper, 'exit')
    },
  }
}

async function answering(port: number): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    const socket = connect(port, '127.0.0.1')
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false))
      socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')))
      socket.write('PING\r\n')
    })
    socket.destroy()
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('The test Redis did not start: these tests need the Debian package redis-server.')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
