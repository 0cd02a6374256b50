import type { Database } from '@chatflow/database'
import { AUDIENCE } from '@chatflow/server-kit/access-tokens'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import { createNotFoundHandler } from '@chatflow/server-kit/problems'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import type { Id } from '@chatflow/shared/ids'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createSync } from '../create-sync-server.ts'
import type { Guard } from '../outgoing/guard.ts'
import { migrateAuthStandIn } from './people.ts'

const ISSUER = 'http://localhost:3000'

export interface HttpFixture {
  app: FastifyInstance
  /** An access token of the user's session of the same id. */
  token(user: Id, claims?: Record<string, unknown>): Promise<string>
  get(user: Id, path: string, claims?: Record<string, unknown>): Promise<LightMyRequestResponse>
  /** `POST /api/commands`. */
  post(user: Id, body: unknown): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

/** The sync-server's routes on a database, with keys of the test's own in place of auth-server. `limits`: where limits count that are not of one process. `outgoingGuard`: as `SyncOptions`. */
export async function httpFixture(db: Database, rateLimits: boolean, limits?: RateLimits, outgoingGuard?: Guard): Promise<HttpFixture> {
  await migrateAuthStandIn(db)
  const pair = await generateKeyPair('EdDSA')
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'EdDSA' }] })
  const log = createLogger('silent')
  const sync = await createSync({ db, publicUrl: ISSUER, keys, rateLimits, ...(limits && { limits }), outgoingGuard, log })
  const app = createFastify({ log })
  app.setNotFoundHandler(createNotFoundHandler(app))
  await app.register(sync.plugin)
  await app.ready()
  const token = (user: Id, claims: Record<string, unknown> = {}): Promise<string> => {
    const iat = Math.floor(Date.now() / 1_000)
    return new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: user, sid: user, role: 'member', iat, exp: iat + 300, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'at+jwt' })
      .sign(pair.privateKey)
  }
  const authorization = async (user: Id, claims?: Record<string, unknown>): Promise<{ authorization: string }> => ({ authorization: `Bearer ${await token(user, claims)}` })
  return {
    app,
    token,
    get: async (user, path, claims) => app.inject({ url: path, headers: await authorization(user, claims) }),
    post: async (user, body) =>
      app.inject({
        method: 'POST',
        url: '/api/commands',
        headers: { ...(await authorization(user)), 'content-type': 'application/json' },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      await sync.close()
      await app.close()
    },
  }
}
