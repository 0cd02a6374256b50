import bcrypt from 'bcrypt'
import type { ErrorCode } from '@chatflow/shared/errors'
import { isPersonalPassword } from '@chatflow/shared/personal-password'
import { isCommonPassword } from './common-passwords.ts'

/** Characters, as people count them. */
const SHORTEST = 10
/** bcrypt hashes no more bytes than this. */
const LONGEST_BYTES = 72
/** Hashing takes a quarter of a second of a core; more at once would only hold up what else runs beside the event loop. */
const AT_ONCE = 3

/** Whose password it is to be, and where. */
export interface PasswordOwner {
  email: string | null
  username: string | null
  displayName: string
  /** The address that people open. */
  publicUrl: string
}

/** What is wrong with a new password, if anything. */
export function passwordProblem(password: string, { email, username, displayName, publicUrl }: PasswordOwner): ErrorCode | undefined {
  const normal = normalise(password)
  if (Array.from(normal).length < SHORTEST) return 'password_too_short'
  if (Buffer.byteLength(normal) > LONGEST_BYTES) return 'password_too_long'
  if (isCommonPassword(normal)) return 'password_common'
  if (isPersonalPassword(normal, [email ?? '', username ?? '', displayName, new URL(publicUrl).hostname])) return 'password_personal'
  return undefined
}

/** True for what counts as one password. */
export function samePassword(one: string, other: string): boolean {
  return normalise(one) === normalise(other)
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes the same time whether there is a hash or not, so that nobody learns from it who has an account. */
  matches(password: string, hash: string | null | undefined): Promise<boolean>
  /** True for a hash of another cost than new ones have. */
  isDated(hash: string): boolean
}

/** bcrypt in the thread pool, with `cost` as the exponent of its rounds. */
export async function createPasswords(cost: number): Promise<Passwords> {
  const inTurn = limiter(AT_ONCE)
  const nobodys = await bcrypt.hash('nobody has this password', cost)
  return {
    hash: (password) => inTurn(() => bcrypt.hash(normalise(password), cost)),
    async matches(password, hash) {
      const normal = normalise(password)
      // bcrypt would look at the first 72 bytes only.
      const possible = typeof hash === 'string' && Buffer.byteLength(normal) <= LONGEST_BYTES
      const same = await inTurn(() => bcrypt.compare(normal, possible ? hash : nobodys))
      return same && possible
    },
    isDated: (hash) => bcrypt.getRounds(hash) !== cost,
  }
}

/** One spelling of what looks the same, whatever keyboard it came from. */
function normalise(password: string): string {
  return password.normalize('NFC')
}

function limiter(atOnce: number) {
  const waiting: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // The place is handed on, so nobody takes it in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
