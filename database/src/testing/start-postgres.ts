import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** Ends the server and removes its data once the pipe to the tests is closed, also because their process was killed. */
const KEEPER = `
folder=$1; shift
"$@" </dev/null & server=$!
cat >/dev/null
kill -CONT $server; kill -QUIT $server; wait $server
rm -rf "$folder"`

export interface TestPostgres {
  /** Address of its database `postgres`, on 127.0.0.1. */
  url: string
  pid: number
  /** Ends the server at once, and removes its data. */
  stop(): Promise<void>
  /** Stops answering, connections stay open: an outage. */
  pause(): void
  resume(): void
}

/**
 * A throw-away Postgres of the newest version that Debian has installed, with its data in a temporary folder.
 * `durable`: it waits for the disk, as an installation does; tests do not.
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const bin = newestBin()
  const user = await unprivilegedUser()
  const folder = await mkdtemp(join(tmpdir(), 'chatflow-pg-'))
  if (user) await chown(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { ...user, cwd: folder })
  const port = await freePort()
  const waiting = durable ? 'on' : 'off'
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: waiting,
    synchronous_commit: waiting,
    full_page_writes: waiting,
    max_connections: 200,
    shared_buffers: '32MB',
    log_min_messages: 'fatal',
  }
  const args = ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])]
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', folder, join(bin, 'postgres'), ...args], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()))
  keeper.unref()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await answering(url)
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0])
  return {
    url,
    pid,
    pause: () => void process.kill(pid, 'SIGSTOP'),
    resume: () => void process.kill(pid, 'SIGCONT'),
    async stop() {
      keeper.ref()
      keeper.stdin.end()
      await ended
    },
  }
}

/** Creates an empty database in the server at `url`, and returns its address. */
export async function freshDatabase(url: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} STRATEGY FILE_COPY`)
  } finally {
    await client.end()
  }
  const fresh = new URL(url)
  fresh.pathname = `/${name}`
  return fresh.href
}

function newestBin(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, 'bin', 'initdb'))) : []
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (newest === undefined) throw new Error('These tests need a Postgres: install the Debian package postgresql.')
  return join(root, newest, 'bin')
}

/** Postgres refuses to run as root. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
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

async function answering(url: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      await client.end().catch(() => {})
    }
  }
  throw new Error('The test Postgres did not start.')
}
