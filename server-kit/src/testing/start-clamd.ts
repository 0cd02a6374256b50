import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Ends the scanner and removes its folder once the pipe to the tests is closed, also because their process was killed. */
const KEEPER = `
folder=$1; shift
"$@" </dev/null & server=$!
cat >/dev/null
kill -KILL $server; wait $server
rm -rf "$folder"`

/** The industry's harmless test file. In two parts, or scanners would find it in this one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export interface TestClamd {
  /** As `CLAMAV_URL`, over TCP and over a socket in the file system. */
  tcp: string
  unix: string
  stop(): Promise<void>
}

/**
 * A throw-away clamd that knows one signature, that of `EICAR`, and needs no download; nothing above `streamMax` megabytes is looked at.
 * Needs the Debian package clamav-daemon.
 */
export async function startClamd({ streamMax = 20 } = {}): Promise<TestClamd> {
  const folder = await mkdtemp(join(tmpdir(), 'chatflow-clamd-'))
  // It may change to a user of its own.
  await chmod(folder, 0o755)
  const port = await freePort()
  await writeFile(join(folder, 'test.ndb'), `Chatflow.Eicar:0:*:${Buffer.from(EICAR, 'latin1').toString('hex')}\n`)
  const settings = {
    DatabaseDirectory: folder,
    TemporaryDirectory: folder,
    LocalSocket: join(folder, 'clamd.sock'),
    TCPAddr: '127.0.0.1',
    TCPSocket: port,
    Foreground: 'yes',
    MaxThreads: 2,
    SelfCheck: 0,
    StreamMaxLength: `${streamMax}M`,
  }
  const config = join(folder, 'clamd.conf')
  await writeFile(config, Object.entries(settings).map(([name, value]) => `${name} ${value}\n`).join(''))
  // Debian keeps it where only root looks for programs.
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` }
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', folder, 'clamd', '-c', config], { cwd: '/', env, detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  keeper.unref()
  await answering(port)
  return {
    tcp: `tcp://127.0.0.1:${port}`,
    unix: `unix:${settings.LocalSocket}`,
    async stop() {
      if (keeper.exitCode !== null) return
      keeper.ref()
      keeper.stdin.end()
      await once(keeper, 'exit')
    },
  }
}

async function answering(port: number): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const socket = connect(port, '127.0.0.1')
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      socket.once('data', (data) => resolve(data.toString().startsWith('PONG')))
      socket.write('zPING\0')
    })
    socket.destroy()
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('The test clamd did not start: these tests need the Debian package clamav-daemon.')
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
