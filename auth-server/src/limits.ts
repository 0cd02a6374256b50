import type { Limit, RateLimiter, RateLimits } from '@chatflow/server-kit/rate-limiter'

const MINUTE = 60_000

/** The numbers of docs/PROTOCOL.md "Numbers". What a login counts against what: docs/decisions/login-limits.md. */
const NUMBERS = {
  register: { limit: 5, windowMs: 60 * MINUTE },
  loginOfAddress: { limit: 20, windowMs: MINUTE },
  loginOfAccount: { limit: 20, windowMs: 15 * MINUTE },
  loginOfAccountAtAddress: { limit: 5, windowMs: 15 * MINUTE },
  loginOfDevice: { limit: 5, windowMs: 15 * MINUTE },
  /** Sign-ins whose password, or passkey, was right. Far more than people need; a program that signs in for each of its requests meets them. */
  signInOfAccountAtAddress: { limit: 30, windowMs: 15 * MINUTE },
  signInOfAccount: { limit: 100, windowMs: 60 * MINUTE },
  signInOfAddress: { limit: 300, windowMs: 15 * MINUTE },
  /** Failures of someone signed in who is asked for the password again: whoever guesses from outside does not count here. */
  confirmOfAccount: { limit: 5, windowMs: 15 * MINUTE },
  mailsOfAccount: { limit: 3, windowMs: 60 * MINUTE },
  linksOfAddress: { limit: 20, windowMs: MINUTE },
  /** New names and pictures: everyone who knows the person is told of each. */
  profile: { limit: 30, windowMs: 60 * MINUTE },
  /** Wrong codes of invitations. */
  invitationOfAddress: { limit: 20, windowMs: MINUTE },
  /** Wrong codes of authenticator apps, at sign-in and when one is set up. */
  secondFactor: { limit: 5, windowMs: 15 * MINUTE },
  /** Steps of sign-ins with a passkey, two each. */
  passkeyOfAddress: { limit: 60, windowMs: MINUTE },
} as const satisfies Record<string, Limit>

/** One limiter for each name above: a new limit is a new line there. */
export type AuthLimits = Record<keyof typeof NUMBERS, RateLimiter>

export function createAuthLimits(limits: RateLimits): AuthLimits {
  return Object.fromEntries(Object.entries(NUMBERS).map(([name, limit]) => [name, limits.window(name, limit)])) as AuthLimits
}
