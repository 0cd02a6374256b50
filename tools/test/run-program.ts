import { spawn } from 'node:child_process'
import { root } from '../root.ts'

export interface ProgramResult {
  code: number
  /** Both streams, in the order they came. */
  output: string
}

export interface ProgramOptions {
  env?: Record<string, string | undefined>
  /** After this many milliseconds the program and its children are ended, and the code is 124. */
  timeoutMs?: number
}

/** Ends what hangs; on a quiet machine no layer takes a third as long. */
const LONGEST_MS = 1_800_000

/** Runs a program to its end in the project's folder and answers what it said. Never throws. */
export function runProgram(executable: string, args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  return new Promise((resolve) => {
    // A process group of its own, so that a program that hangs is ended with its children.
    const child = spawn(executable, args, { cwd: root, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      endGroup(child.pid)
    }, options.timeoutMs ?? LONGEST_MS)
    const finish = (code: number, extra = ''): void => {
      clearTimeout(timer)
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + extra })
    }
    child.on('error', (error) => finish(127, `${error.message}\n`))
    child.on('close', (code) => (timedOut ? finish(124, '\nEnded: it took too long.\n') : finish(code ?? 1)))
  })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}
