import type { SecondFactorChallenge } from '@chatflow/shared/api/second-factor'
import { Secret, TOTP } from 'otpauth'
import { PASSWORD, type Answer, type AuthFixture } from './auth-fixture.ts'
import { SoftwareAuthenticator } from './software-authenticator.ts'

const STEP_MS = 30_000

/** What people do with second factors, over `auth`. */
export function secondFactorFixture(auth: AuthFixture, origin = 'http://localhost:3000') {
  const codeOf = (secret: string, steps = 0) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: auth.now() + steps * STEP_MS })

  return {
    codeOf,

    /** What mails have told of changes to how one signs in, in the order of the alphabet. */
    async told(): Promise<string[]> {
      await auth.work()
      return (await auth.mails()).flatMap(({ text }) => /^Changed: (.*)\.$/m.exec(text)?.[1] ?? []).sort()
    },

    /** Sets an authenticator app up, and lets its first code pass. */
    async enrolTotp(me: Answer): Promise<{ secret: string; recoveryCodes: string[] }> {
      const { body } = await auth.as(me, 'POST', 'totp', { password: PASSWORD })
      const secret = String(body['secret'])
      const confirmed = await auth.as(me, 'POST', 'totp/confirm', { code: codeOf(secret) })
      auth.pass(2 * STEP_MS)
      return { secret, recoveryCodes: confirmed.body['recoveryCodes'] as string[] }
    },

    /** Adds a passkey that a new device holds. */
    async enrolPasskey(me: Answer, name = 'Laptop', device = new SoftwareAuthenticator(origin)) {
      const options = await auth.as(me, 'POST', 'passkeys/options', { password: PASSWORD })
      const added = await auth.as(me, 'POST', 'passkeys', { response: device.create(options.body as never), name })
      return { device, added }
    },

    /** The right password: what the second step needs. */
    async challenge(login: string): Promise<SecondFactorChallenge> {
      return (await auth.login(login)).body as unknown as SecondFactorChallenge
    },

    totp: (ticket: string, code: string) => auth.post('login/totp', { body: { ticket, code } }),
    recovery: (ticket: string, code: string) => auth.post('login/recovery', { body: { ticket, code } }),
    options: async (ticket?: string) => (await auth.post('login/passkey/options', { body: ticket === undefined ? {} : { ticket } })).body as never,
    passkey: (response: object, ticket?: string) => auth.post('login/passkey', { body: ticket === undefined ? { response } : { ticket, response } }),
  }
}
