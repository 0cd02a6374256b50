import { Secret, TOTP } from 'otpauth'

const STEP_MS = 30_000

/** What an authenticator app with `secret` shows. `steps` later: taken as well as the present one while that is not used up. */
export function appCode(secret: string, steps = 0): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + steps * STEP_MS })
}
