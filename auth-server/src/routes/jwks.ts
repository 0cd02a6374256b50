import type { App } from '@chatflow/server-kit/openapi'
import { z } from 'zod'
import type { AuthContext } from '../context.ts'

/** `GET /.well-known/jwks.json` -> the public keys that access tokens can be checked with. */
export function jwksRoute(app: App, { signingKeys }: AuthContext): void {
  app.get(
    '/.well-known/jwks.json',
    {
      config: { access: { who: 'anyone' } },
      schema: { summary: 'The public keys of access tokens.', response: { 200: z.object({ keys: z.array(z.looseObject({ kid: z.string().optional() })) }) } },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60')
      return signingKeys.published()
    },
  )
}
