import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { DatabaseError } from '../database-error.ts'
import { hasMeta, renewEpoch } from '../epoch.ts'
import { PooledDatabase, types } from '../pooled-database.ts'
import { takeLock, type Lock } from './lock-file.ts'
import { startPglite, type PgliteThread } from './pglite-thread.ts'

/** Major version of the Postgres inside the pinned PGlite. */
const POSTGRES_VERSION = '18'
/** Name of the socket file that `pg` derives from the port. */
const SOCKET = '.s.PGSQL.5432'
/** A unix socket's path must fit in 108 bytes with its final zero. */
const SOCKET_PATH_BYTES = 107

/** Opens the database in `dataDir`: PGlite in a worker thread, reached over a socket that only this user can open. */
export async function openEmbedded(dataDir: string, log: (message: string) => void): Promise<PooledDatabase> {
  const root = resolve(dataDir)
  const lock = await prepare(root)
  const folder = join(root, 'database')
  let sockets: string | undefined
  let thread: PgliteThread | undefined
  try {
    checkVersion(folder)
    sockets = socketFolder(root)
    thread = await startPglite({ folder, socket: join(sockets, SOCKET) }, log)
    const db = connect(sockets, thread, lock)
    if (lock.lostPower) await renewEpochAfterPowerLoss(db, lock, log)
    return db
  } catch (error) {
    await thread?.stop()
    if (sockets) rmSync(sockets, { recursive: true, force: true })
    // A lock that tells of lost power stays, for the next start to act on.
    if (lock.lostPower) lock.abandon()
    else lock.release()
    throw error
  }
}

async function prepare(root: string): Promise<Lock> {
  try {
    makeFolder(root)
    accessSync(root, constants.W_OK | constants.X_OK)
    return await takeLock(join(root, 'database.lock'), root)
  } catch (error) {
    if (error instanceof DatabaseError) throw error
    throw new DatabaseError('unwritable', `Cannot write to the data folder ${root} (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, error)
  }
}

/** Not `recursive`: where a file system answers ENOENT to any mkdir (/proc), Node would try for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function checkVersion(folder: string): void {
  let version: string
  try {
    version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    if (existsSync(folder) && readdirSync(folder).length > 0) throw new DatabaseError('corrupt', `The folder ${folder} holds no database that can be opened: PG_VERSION is missing.`)
    return
  }
  if (version === POSTGRES_VERSION) return
  throw new DatabaseError(
    'wrong-version',
    `The database in ${folder} was made by PostgreSQL ${version}, but this version of ChatFlow embeds PostgreSQL ${POSTGRES_VERSION}.`,
  )
}

/** A folder with mode 0700, as the socket itself asks for no password: beside the data, or for a long path where temporary files go. */
function socketFolder(root: string): string {
  for (const name of readdirSync(root)) if (name.startsWith('.socket-')) rmSync(join(root, name), { recursive: true, force: true })
  const beside = join(root, '.socket-')
  const fits = Buffer.byteLength(join(`${beside}XXXXXX`, SOCKET)) <= SOCKET_PATH_BYTES
  return mkdtempSync(fits ? beside : join(tmpdir(), 'chatflow-socket-'))
}

function connect(sockets: string, thread: PgliteThread, lock: Lock): PooledDatabase {
  // PGlite has one session: one connection, kept for good.
  const pool = new pg.Pool({ host: sockets, port: 5432, user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0, types })
  return new PooledDatabase({
    kind: 'pglite',
    pool,
    failure: () => thread.failure,
    onLost: () => thread.fate(),
    onClose: async () => {
      const isClean = await thread.stop()
      rmSync(sockets, { recursive: true, force: true })
      if (isClean) lock.release()
      else lock.abandon()
    },
  })
}

/** PGlite does not wait for the disk: what it wrote before a power cut may be gone, though clients were told that it is there. */
async function renewEpochAfterPowerLoss(db: PooledDatabase, lock: Lock, log: (message: string) => void): Promise<void> {
  if (await hasMeta(db)) {
    await renewEpoch(db)
    log('The machine went down while the database was open: a new epoch begins, and clients offer again what may be missing.')
  }
  lock.settle()
}
