import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { Passkeys } from './platform.ts'

/** WebAuthn needs a page that came by https or from this machine. */
export function browserPasskeys(): Passkeys {
  return {
    available: isSecureContext && browserSupportsWebAuthn(),
    // The options are what the server made for exactly these calls.
    create: (options) => startRegistration({ optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'] }),
    get: (options) => startAuthentication({ optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'] }),
  }
}
