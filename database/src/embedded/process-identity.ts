import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, uptime } from 'node:os'

/** What tells one process from every other that ever has its pid. */
export interface ProcessIdentity {
  pid: number
  /** When the process started, in whatever unit the system tells it; only compared. */
  started: string
  /** Changes when the machine is started again. */
  boot: string
  /** Where pids count from: containers number their processes by themselves. */
  space: string
  host: string
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? '', boot: bootId(), space: pidSpace(), host: hostname() }
}

/** Start of a process of this machine and pid space, undefined if there is no such process. */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // Fields after the command, which may itself contain spaces and parentheses: state is field 3, the start time field 22.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim() || undefined
  } catch (error) {
    // Without `ps` only whether the pid is in use can be told.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && isRunning(pid) ? 'unknown' : undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    // The time of boot, to ten minutes: clocks are corrected a little, machines seldom start twice in that time.
    return `boot-${Math.round((Date.now() / 1000 - uptime()) / 600)}`
  }
}

function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
