import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'

/** Ends the program once the pipe to the tests is closed, also because their process was killed; then the folder goes, where one is named. */
const KEEPER = `
folder=$1; shift
"$@" </dev/null & server=$!
cat >/dev/null
kill -CONT $server; kill -KILL $server; wait $server
if [ -n "$folder" ]; then rm -rf "$folder"; fi`

export interface DaemonOptions {
  env?: NodeJS.ProcessEnv
  /** Removed when the program has ended. */
  folder?: string
}

/** Starts a server of another kind for tests; the answer ends it at once. */
export function startDaemon(program: readonly string[], { env = process.env, folder = '' }: DaemonOptions = {}): { stop(): Promise<void> } {
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', folder, ...program], { cwd: '/', env, detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  keeper.unref()
  return {
    async stop() {
      if (keeper.exitCode !== null) return
      keeper.ref()
      keeper.stdin.end()
      await once(keeper, 'exit')
    },
  }
}

export interface Greeting {
  say: string
  /** How the answer begins. */
  hear: string
  withinMs: number
}

/** Waits until whoever listens at a port of this machine answers as it should; false if that takes too long. */
export async function answersAt(port: number, { say, hear, withinMs }: Greeting): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; ) {
    const socket = connect(port, '127.0.0.1')
    const answered = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      socket.once('data', (data) => resolve(data.toString().startsWith(hear)))
      socket.write(say)
    })
    socket.destroy()
    if (answered) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
