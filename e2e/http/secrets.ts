import { createHash, randomBytes } from 'node:crypto'
import { newId } from '@chatflow/shared/ids'
import { Secret, TOTP } from 'otpauth'
import { PASSWORD } from '../support/account.ts'
import type { Answer, Question } from './ask.ts'
import type { Person, World } from './people.ts'
import type { Served } from './serve.ts'

const STEP_MS = 30_000

/** A code for what is being set up; `steps` later than now, as a step counts once. */
function codeOf(secret: string, steps: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret), period: STEP_MS / 1_000, digits: 6, algorithm: 'SHA1' }).generate({ timestamp: Date.now() + steps * STEP_MS })
}

/** A secret that waits for its first code, and that code. */
export async function beginTotp(served: Served, person: Person): Promise<{ secret: string; code: string }> {
  const { secret } = (await post(served, '/api/auth/totp', { password: PASSWORD }, person)).json<{ secret: string }>()
  return { secret, code: codeOf(secret, 0) }
}

/** A second factor in use. */
export async function enableTotp(served: Served, person: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret, code } = await beginTotp(served, person)
  return { secret, ...(await post(served, '/api/auth/totp/confirm', { code }, person)).json<{ recoveryCodes: string[] }>() }
}

/** A sign-in that waits for its second step, with what completes it. */
export async function halfSignedIn({ served, other }: World): Promise<{ ticket: string; totp: string; recovery: string }> {
  const { secret, recoveryCodes } = await enableTotp(served, other)
  const { ticket } = (await post(served, '/api/auth/login', { login: other.username, password: PASSWORD })).json<{ ticket: string }>()
  return { ticket, totp: codeOf(secret, 1), recovery: recoveryCodes[0] ?? '' }
}

/** The token of a link as a mail carries it. */
export async function mailedToken({ db }: Served, person: Person, kind: 'verify_email' | 'reset_password'): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.query('INSERT INTO email_tokens (hash, user_id, kind, email, created_at, expires_at) VALUES ($1, $2, $3, $4, 1, $5)', [
    createHash('sha256').update(token).digest('hex'),
    person.id,
    kind,
    `${person.username}@example.org`,
    Date.now() + 60_000,
  ])
  return token
}

/** The code of an invitation. */
export async function invitationCode({ db }: Served, person: Person): Promise<string> {
  const code = randomBytes(32).toString('base64url')
  await db.query(`INSERT INTO invitations (id, code_hash, role, note, uses, created_by, created_at, expires_at) VALUES ($1, $2, 'member', '', 1, $3, 1, $4)`, [
    newId(),
    createHash('sha256').update(code).digest('hex'),
    person.id,
    Date.now() + 60_000,
  ])
  return code
}

function post({ ask }: Served, url: string, body: object, person?: Person): Promise<Answer> {
  const headers: Question['headers'] = { 'content-type': 'application/json', ...(person === undefined ? {} : { authorization: `Bearer ${person.token}` }) }
  return ask({ method: 'POST', url, headers, payload: JSON.stringify(body) })
}
