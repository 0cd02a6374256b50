import { newId } from '@chatflow/shared/ids'
import { command, PASSWORD } from '../support/account.ts'
import type { GoodRequest } from './bad-requests.ts'
import type { Operation } from './description.ts'
import { type Whose, paramsOf } from './objects.ts'
import { credentialsOf, type World } from './people.ts'
import { beginTotp, enableTotp, halfSignedIn, invitationCode, mailedToken } from './secrets.ts'
import { type Json, sampleOf } from './values.ts'

const NEXT_PASSWORD = 'another fine staple 7'

/** A PNG of 32 x 32 in one colour. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR4nGNwaDhAU8QwasGoBaMWjFowasGoBaMWjFowasGoBaMWDBULAC3AAFtqEJ+aAAAAAElFTkSuQmCC'

type Make = (world: World) => Json | Buffer | Promise<Json | Buffer>

/**
 * Bodies for routes whose schema does not say all that they ask for. Fields that are given here replace those made from the schema.
 * A route that takes neither what its schema describes nor what stands here fails the tests with a sentence that asks for it.
 */
const BODIES: Readonly<Record<string, Make>> = {
  'POST /api/auth/register': () => {
    const username = `n-${newId().slice(-12)}`
    return { email: `${username}@example.org`, username, displayName: 'New', password: PASSWORD }
  },
  'POST /api/auth/invitation': async ({ served, other }) => ({ code: await invitationCode(served, other) }),
  'POST /api/auth/login': ({ other }) => ({ login: other.username, password: PASSWORD }),
  'POST /api/commands': () => ({ commands: [command({ type: 'me.set', key: 'theme', value: 'dark' })] }),
  'POST /api/auth/email/verify': async ({ served, other }) => ({ token: await mailedToken(served, other, 'verify_email') }),
  'POST /api/auth/email/change': () => ({ email: `n-${newId().slice(-12)}@example.org`, password: PASSWORD }),
  'POST /api/auth/password/forgot': ({ other }) => ({ email: `${other.username}@example.org` }),
  'POST /api/auth/password/reset': async ({ served, other }) => ({ token: await mailedToken(served, other, 'reset_password'), password: NEXT_PASSWORD }),
  'POST /api/auth/password/change': () => ({ current: PASSWORD, next: NEXT_PASSWORD }),
  'POST /api/auth/totp/confirm': async ({ served, person, other }) => ({ code: (await beginTotp(served, person ?? other)).code }),
  'POST /api/auth/totp/disable': async ({ served, person, other }) => {
    await enableTotp(served, person ?? other)
    return { password: PASSWORD }
  },
  'POST /api/auth/recovery-codes': async ({ served, person, other }) => {
    await enableTotp(served, person ?? other)
    return { password: PASSWORD }
  },
  'POST /api/auth/login/totp': async (world) => {
    const { ticket, totp } = await halfSignedIn(world)
    return { ticket, code: totp }
  },
  'POST /api/auth/login/recovery': async (world) => {
    const { ticket, recovery } = await halfSignedIn(world)
    return { ticket, code: recovery }
  },
  'POST /api/auth/login/passkey/options': async (world) => ({ ticket: (await halfSignedIn(world)).ticket }),
  'POST /api/auth/login/passkey': () => ({ response: credential({ authenticatorData: 'AA', signature: 'AA' }) }),
  'POST /api/auth/confirm': () => ({ by: 'password', password: PASSWORD }),
  'POST /api/auth/confirm/passkey/options': () => ({}),
  'PATCH /api/auth/me': () => ({ displayName: 'New Name', username: `n-${newId().slice(-12)}` }),
  'PUT /api/auth/me/avatar': () => Buffer.from(PICTURE, 'base64'),
  // A public address: nothing is looked up, and nothing is sent before there is a message. The key is that of the example in RFC 8291.
  'POST /api/push/subscriptions': () => ({
    endpoint: `https://1.1.1.1/${newId()}`,
    keys: { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
    device: newId(),
    language: 'en',
  }),
  'POST /api/auth/passkeys': () => ({ name: 'Key', response: credential({ attestationObject: 'AA' }) }),
}

/**
 * Routes that cannot be brought to say yes here: the code with which they refuse what they were given, once it was let in, and why.
 * Their own tests show them working.
 */
export const REFUSED_AT_BEST: Readonly<Record<string, { code: string; why: string }>> = {
  'POST /api/auth/login/passkey': { code: 'passkey_refused', why: 'it needs the signature of an authenticator' },
  'POST /api/auth/passkeys': { code: 'passkey_refused', why: 'it needs the answer of an authenticator to a challenge' },
}

/** A public key credential in the form that browsers give it, of no authenticator. */
function credential(response: Record<string, string>): Json {
  return { id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {}, response: { clientDataJSON: 'AA', ...response } }
}

/** Query parameters that a route needs or that are to be seen working; the others are left out. */
const QUERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'GET /api/rooms/{room}/seq-at': { time: '1700000000000' }, 'GET /api/search': { q: 'word' } }

/** A request that the route takes from the person of `world`, about its own object or another's. */
export async function goodRequestFor(operation: Operation, world: World, whose: Whose): Promise<GoodRequest> {
  return {
    params: await paramsOf(operation, world, whose),
    query: QUERIES[operation.name] ?? {},
    body: await bodyOf(operation, world),
    headers: credentialsOf(world.person, operation.access.who),
  }
}

async function bodyOf({ name, body }: Operation, world: World): Promise<Json | Buffer | undefined> {
  if (body === undefined) return undefined
  const made = await BODIES[name]?.(world)
  if (made !== undefined) return made
  const sample = sampleOf(body.schema)
  // Whoever is asked for a password has this one.
  return typeof sample === 'object' && sample !== null && 'password' in sample ? { ...sample, password: PASSWORD } : sample
}

/** Routes of these tables that are not there any more. */
export function strangersAmong(operations: readonly Operation[]): string[] {
  const names = new Set(operations.map(({ name }) => name))
  return [...Object.keys(BODIES), ...Object.keys(REFUSED_AT_BEST), ...Object.keys(QUERIES)].filter((name) => !names.has(name))
}
