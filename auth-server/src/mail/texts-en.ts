import type { SecurityChange } from '@chatflow/server-kit/jobs/job-types'
import { changeIn, onDevice } from './mail-text.ts'
import type { MailTexts } from './mail-text.ts'

const NOT_YOU = 'If this was not you, set a new password with “Forgot password?” on the sign-in page, and tell your administrator.'
/** Who does not have the address any more cannot get a link sent there. */
const NOT_YOU_HERE = 'If this was not you, tell your administrator at once: a link for a new password would no longer reach you.'
const IGNORE = 'If you did not ask for this, you need not do anything: without the link nothing happens.'

const CHANGES: Record<SecurityChange, (name: string) => string> = {
  app_set_up: () => 'an authenticator app was set up',
  app_removed: () => 'the authenticator app was removed',
  passkey_added: (name) => `the passkey "${name}" was added`,
  passkey_removed: (name) => `the passkey "${name}" was removed`,
  codes_made: () => 'new recovery codes were made, and the old ones are void',
  code_used_to_sign_in: () => 'a recovery code was used to sign in',
  code_used_to_confirm: () => 'a recovery code was used to confirm a change',
}

export const ENGLISH: MailTexts = {
  greeting: (name) => `Hello ${name},`,
  texts: {
    email_verify: () => ({
      subject: 'Confirm your email address',
      before: ['Welcome to ChatFlow. Please confirm that this address is yours.'],
      action: { label: 'Confirm my address', kind: 'verify_email' },
      after: ['The link works once, for 24 hours.', 'If you have not made an account, you need not do anything.'],
    }),
    email_change: () => ({
      subject: 'Confirm your new email address',
      before: ['You want to use this address for your ChatFlow account. It takes effect once you confirm it.'],
      action: { label: 'Use this address', kind: 'change_email' },
      after: ['The link works once, for 24 hours.', IGNORE],
    }),
    email_changed: () => ({
      subject: 'Your email address was changed',
      before: ['Your ChatFlow account has a new email address. Mails go there from now on, and no longer to this one.'],
      after: [NOT_YOU_HERE],
    }),
    address_taken: () => ({
      subject: 'Your address was entered for another account',
      before: ['Somebody wanted to use this address for their ChatFlow account. It is yours already, so nothing was changed.'],
      after: ['If that was you: sign in with this address, or take another one for the other account.'],
    }),
    password_reset: () => ({
      subject: 'Set a new password',
      before: ['With this link you set a new password. You are signed out on all devices then.'],
      action: { label: 'Set a new password', kind: 'reset_password' },
      after: ['The link works once, for 30 minutes.', IGNORE],
    }),
    password_changed: () => ({
      subject: 'Your password was changed',
      before: ['The password of your ChatFlow account was changed, and the other devices were signed out.'],
      after: [NOT_YOU],
    }),
    session_reused: (facts) => ({
      subject: 'A session was ended for safety',
      before: [`A sign-in of yours${onDevice(facts, 'on')} was used from two places at once. That can mean that somebody copied it, so it has been ended. Other devices stay signed in.`],
      after: ['Sign in again where you need it. If you did not move data between devices, change your password.'],
    }),
    security_changed: (facts) => ({ subject: 'The security of your account was changed', before: [`Changed: ${changeIn(CHANGES, facts) || 'a setting'}.`], after: [NOT_YOU] }),
    account_deleted: () => ({ subject: 'Your account was deleted', before: ['Your ChatFlow account has been deleted.'], after: ['If this was not you, tell your administrator.'] }),
  },
}
