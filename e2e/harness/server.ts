import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface TestServerOptions {
  /** Its data, removed by `dispose`. */
  folder?: string
  /** A real Postgres instead of the embedded database. */
  databaseUrl?: string | undefined
  /** A Redis that several processes share. */
  redisUrl?: string | undefined
  /** False: the servers alone; the client need not have been built. */
  client?: boolean
  /** The address that people open, where it is not this process's own: that of a balancer, say. It issues the tokens. */
  publicUrl?: string
  /** Another program than that of the product, with its arguments by the environment. */
  program?: { file: string; env: Record<string, string> }
}

/** The whole product in a process of its own, as `npm start` runs it, on a free port with a data folder of its own. */
export class TestServer {
  /** Address of this process, the same over restarts. */
  url = ''
  private readonly folder: string
  private readonly options: TestServerOptions
  private child: ChildProcess | undefined

  constructor(options: TestServerOptions = {}) {
    this.options = options
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'chatflow-e2e-'))
  }

  /** A new one, listening. */
  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const server = new TestServer(options)
    await server.start()
    return server
  }

  /** Starts it, again on the same port and folder after `kill` or `stop`. */
  async start(): Promise<void> {
    const { databaseUrl = '', redisUrl = '', client = true, publicUrl = '', program } = this.options
    // With an address of someone else it would not say which port it found.
    const port = this.url === '' ? await freePort() : new URL(this.url).port
    const env = { ...process.env, PORT: String(port), HOST: 'localhost', DATA_DIR: this.folder, RATE_LIMITS: 'off', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PUBLIC_URL: publicUrl, LOG_LEVEL: 'error', ...program?.env }
    const child = spawn(process.execPath, [program?.file ?? 'standalone/src/main.ts', ...(client ? [] : ['--no-client'])], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.child = child
    await ready(child)
    this.url = `http://localhost:${port}`
  }

  /** As if the power of the process were cut: nothing is finished, nothing is stored. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  /** Asks it to stop; answers its exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM')
  }

  /** Ends it and removes its data. */
  async dispose(): Promise<void> {
    await this.end('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const { child } = this
    this.child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, 'localhost', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Waits for the line that says so; a process that ends before is an error with all it said. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      if (/ready at http:\S+/.test(said)) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', (chunk: Buffer) => {
      hear(chunk)
      process.stderr.write(chunk)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${said}`)))
  })
}
