import type { FastifyInstance } from 'fastify'
import type { AuthContext } from '../context.ts'

/** `GET /.well-known/jwks.json` -> the public keys that access tokens can be checked with. */
export function jwksRoute(app: FastifyInstance, { signingKeys }: AuthContext): void {
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=60')
    return signingKeys.published()
  })
}
