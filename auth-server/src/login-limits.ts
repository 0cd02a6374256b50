import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { CodedError } from '@chatflow/shared/errors'
import type { FastifyRequest } from 'fastify'
import type { AuthContext } from './context.ts'
import type { User } from './users.ts'

/**
 * Runs `check` of a password within the limits (docs/decisions/login-limits.md). Throws `rate_limited`. A device that the account knows has a count of its own,
 * so that others cannot shut it out; strangers share those of their address, of the account there, and of the account. `name`: as typed, where nobody has it.
 */
export async function limitedPassword({ limits, device }: AuthContext, request: FastifyRequest, user: User | undefined, name: string, check: () => Promise<void>): Promise<void> {
  const known = user && device.knownTo(request, user)
  if (user && known !== undefined) return limits.loginOfDevice.attempt(`${known} ${user.id}`, check, isWrongPassword)
  // A name without an account is limited like one with: its account's two names count as one.
  const account = user?.id ?? `unknown ${name.toLowerCase()}`
  const address = addressKey(request.ip)
  const atAddress = () => limits.loginOfAccountAtAddress.attempt(`${address} ${account}`, check, isWrongPassword)
  return limits.loginOfAddress.attempt(address, () => limits.loginOfAccount.attempt(account, atAddress, isWrongPassword), isWrongPassword)
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'wrong_credentials'
}
