import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The whole product in a process of its own, as `npm start` runs it, on a free port with a data folder of its own. */
export class TestServer {
  /** Address of the app, the same over restarts. */
  url = ''
  private readonly folder: string
  private readonly databaseUrl: string
  private child: ChildProcess | undefined

  /** `folder`: its data, removed by `dispose`; `databaseUrl`: a real Postgres instead. */
  constructor(folder = mkdtempSync(join(tmpdir(), 'chatflow-e2e-')), databaseUrl = '') {
    this.folder = folder
    this.databaseUrl = databaseUrl
  }

  /** A new one, listening. */
  static async start(): Promise<TestServer> {
    const server = new TestServer()
    await server.start()
    return server
  }

  /** Starts it, again on the same port and folder after `kill` or `stop`. */
  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port
    const env = { ...process.env, PORT: port, DATA_DIR: this.folder, RATE_LIMITS: 'off', DATABASE_URL: this.databaseUrl, PUBLIC_URL: '', LOG_LEVEL: 'error' }
    const child = spawn(process.execPath, ['standalone/src/main.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.child = child
    this.url = await addressOf(child)
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

/** Waits for the line with the address; a process that ends before is an error with all it said. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const address = /ready at (http:\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', (chunk: Buffer) => {
      hear(chunk)
      process.stderr.write(chunk)
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${said}`)))
  })
}
