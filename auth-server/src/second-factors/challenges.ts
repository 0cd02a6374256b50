import type { Queryable } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'

const VALID_MS = 5 * 60_000
/** base64url, as the library makes them. */
const FORM = /^[\w-]{20,200}$/

/** What a challenge is for: a new passkey of `user`, or `user` confirming with one (which of the two, the signature says); completing `ticket` (its hash); or a sign-in with a passkey alone. */
export interface ChallengeUse {
  user?: Id
  ticket?: string
}

export async function keepChallenge(q: Queryable, challenge: string, { user, ticket }: ChallengeUse, now: number): Promise<void> {
  await q.query('INSERT INTO passkey_challenges (challenge, user_id, ticket, expires_at) VALUES ($1, $2, $3, $4)', [challenge, user ?? null, ticket ?? null, now + VALID_MS])
}

/** Takes the challenge of an answer away, whatever the answer is worth; call it outside the transaction of the rest. Throws `passkey_refused` unless it was given for this. */
export async function takeChallenge(q: Queryable, clientDataJSON: string, { user, ticket }: ChallengeUse, now: number): Promise<string> {
  const challenge = challengeOf(clientDataJSON)
  const { rowCount } = await q.query(
    'DELETE FROM passkey_challenges WHERE challenge = $1 AND expires_at > $2 AND user_id IS NOT DISTINCT FROM $3::uuid AND ticket IS NOT DISTINCT FROM $4',
    [challenge, now, user ?? null, ticket ?? null],
  )
  if (rowCount === 0) throw new CodedError('passkey_refused')
  return challenge
}

function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge, crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown; crossOrigin?: unknown }
    // ChatFlow signs nobody in from within a page of others.
    if (typeof challenge === 'string' && FORM.test(challenge) && crossOrigin !== true) return challenge
  } catch {
    // Refused like any other answer of another form.
  }
  throw new CodedError('passkey_refused')
}
