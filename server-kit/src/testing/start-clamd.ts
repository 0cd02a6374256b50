import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answersAt, freePort, startDaemon } from './daemon.ts'

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
  const scanner = startDaemon(['clamd', '-c', config], { env, folder })
  if (!(await answersAt(port, { say: 'zPING\0', hear: 'PONG', withinMs: 30_000 }))) throw new Error('The test clamd did not start: these tests need the Debian package clamav-daemon.')
  return { tcp: `tcp://127.0.0.1:${port}`, unix: `unix:${settings.LocalSocket}`, stop: scanner.stop }
}
