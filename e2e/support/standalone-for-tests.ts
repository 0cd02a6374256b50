import { fileURLToPath } from 'node:url'
import { noLimits } from '@chatflow/server-kit/rate-limiter'
import { createStandalone, type Standalone, type StandaloneOptions } from '@chatflow/standalone'

export const CLIENT_FOLDER = fileURLToPath(new URL('../../client/dist', import.meta.url))

/** The whole product without limits of pace and without mails, and with passwords that are quick to check: hundreds of people can sign in. */
export function standaloneForTests(options: Pick<StandaloneOptions, 'db' | 'publicUrl' | 'clientFolder' | 'log'> & Partial<StandaloneOptions>): Promise<Standalone> {
  return createStandalone({ rateLimits: false, limits: noLimits, trustProxy: false, smtpUrl: undefined, mailFrom: undefined, onOutbox: () => undefined, bcryptCost: 4, ...options })
}
