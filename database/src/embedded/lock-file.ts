import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { DatabaseError } from '../database-error.ts'
import { ownIdentity, startOf, type ProcessIdentity } from './process-identity.ts'

/** A holder shows that it lives by touching the file this often; only looked at where its pid says nothing (another container or machine). */
const TOUCH_MS = 2_000
/** Who wants the lock watches for so many times that. */
const WATCHED_TOUCHES = 3

interface Holder extends ProcessIdentity {
  /** An earlier holder stopped without cleaning up and the machine was restarted since: what it wrote last may be missing. */
  lostPower?: boolean
}

export interface Lock {
  /** See `Holder`; stays true for the next holder until `settle` is called. */
  readonly lostPower: boolean
  /** Notes that what followed from `lostPower` has been done. */
  settle(): void
  /** Gives the folder free: the mark of a clean stop. */
  release(): void
  /** Lets others take the folder, without that mark. */
  abandon(): void
}

/**
 * Takes the lock `path`, so that one process at a time uses what lies beside it. A lock whose holder is gone is taken over,
 * also if its pid now belongs to another process. Throws `in-use`, naming the holder.
 */
export async function takeLock(path: string, folder: string, touchMs = TOUCH_MS): Promise<Lock> {
  const own: Holder = ownIdentity()
  const mine = `${path}.${own.pid}.${randomUUID().slice(0, 8)}`
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      const holder = read(path)
      if (holder === undefined) {
        write(mine, own)
        if (tryLink(mine, path)) return held(path, own, touchMs)
        continue
      }
      if (await isAlive(holder, path, touchMs)) throw inUse(folder, holder)
      own.lostPower = holder.lostPower === true || holder.boot !== own.boot
      write(mine, own)
      if (await takeOver(path, mine, holder, touchMs)) return held(path, own, touchMs)
    }
    throw new DatabaseError('in-use', `The data folder ${folder} is being opened by several processes at once.`)
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Replaces a dead holder's lock. Takers go one at a time, through a second lock that lives for microseconds, so none replaces another's. */
async function takeOver(path: string, mine: string, dead: Holder, touchMs: number): Promise<boolean> {
  const guard = `${path}.takeover`
  if (!tryLink(mine, guard)) {
    const taker = read(guard)
    if (taker && !(await isAlive(taker, guard, touchMs))) rmSync(guard, { force: true })
    else await wait(20)
    return false
  }
  try {
    if (JSON.stringify(read(path)) !== JSON.stringify(dead)) return false
    renameSync(mine, path)
    return true
  } finally {
    rmSync(guard, { force: true })
  }
}

function held(path: string, own: Holder, touchMs: number): Lock {
  const timer = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(path, now, now)
    } catch {
      // The folder is gone or full; the database will say so.
    }
  }, touchMs)
  timer.unref()
  function rewrite(holder: Holder) {
    const next = `${path}.${own.pid}.next`
    write(next, holder)
    renameSync(next, path)
  }
  return {
    lostPower: own.lostPower === true,
    settle() {
      delete own.lostPower
      rewrite(own)
    },
    abandon() {
      clearInterval(timer)
      rewrite({ ...own, pid: 0 })
    },
    release() {
      clearInterval(timer)
      const holder = read(path)
      if (holder?.pid === own.pid && holder.started === own.started) rmSync(path, { force: true })
    },
  }
}

async function isAlive(holder: Holder, path: string, touchMs: number): Promise<boolean> {
  const own = ownIdentity()
  if (holder.boot === own.boot && holder.space === own.space) return startOf(holder.pid) === holder.started
  if (holder.host === own.host && holder.boot !== own.boot) return false
  // Another container, or another machine on a shared disk: its pids mean nothing here.
  const before = touched(path)
  await wait(WATCHED_TOUCHES * touchMs)
  return touched(path) !== before
}

function touched(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function inUse(folder: string, holder: Holder): DatabaseError {
  const who = holder.host === ownIdentity().host ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`
  return new DatabaseError('in-use', `The data folder ${folder} is in use by ${who}. Stop it first, or set DATA_DIR to another folder.`)
}

/** Undefined if there is no file; a file that nobody could have written whole counts as a holder that is gone. */
function read(path: string): Holder | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const gone: Holder = { pid: 0, started: 'unknown', boot: 'unknown', space: '', host: ownIdentity().host }
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...gone, ...value } : gone
  } catch {
    return gone
  }
}

function write(path: string, holder: Holder): void {
  writeFileSync(path, JSON.stringify(holder), { mode: 0o600 })
}

/** Gives the file a second name, unless that exists: it appears whole, and to one taker only. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
