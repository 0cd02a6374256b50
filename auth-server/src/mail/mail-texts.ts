import type { MailTemplate } from '@chatflow/server-kit/jobs/job-types'
import type { EmailTokenKind } from '../email-tokens.ts'

/** What a mail says. Subjects are fixed sentences: nothing that a person typed gets into a header. */
export interface MailText {
  subject: string
  /** One paragraph each, before the link and after it. */
  before: readonly string[]
  /** The link's words and the kind of token it carries. */
  action?: { label: string; kind: EmailTokenKind }
  after: readonly string[]
}

/** `address_taken` goes to the owner of an address that somebody else wanted for an account; it is no job of its own. */
export type TextName = MailTemplate | 'address_taken'

const NOT_YOU = 'If this was not you, set a new password with “Forgot password?” on the sign-in page, and tell your administrator.'
const IGNORE = 'If you did not ask for this, you need not do anything: without the link nothing happens.'

/** The words of a mail. `facts` come from jobs; values are cut to one short line by who puts them in. */
export function mailText(name: TextName, facts: Readonly<Record<string, string>>): MailText {
  switch (name) {
    case 'email_verify':
      return {
        subject: 'Confirm your email address',
        before: ['Welcome to ChatFlow. Please confirm that this address is yours.'],
        action: { label: 'Confirm my address', kind: 'verify_email' },
        after: ['The link works once, for 24 hours.', 'If you have not made an account, you need not do anything.'],
      }
    case 'email_change':
      return {
        subject: 'Confirm your new email address',
        before: ['You want to use this address for your ChatFlow account. It takes effect once you confirm it.'],
        action: { label: 'Use this address', kind: 'change_email' },
        after: ['The link works once, for 24 hours.', IGNORE],
      }
    case 'email_changed':
      return { subject: 'Your email address was changed', before: ['Your ChatFlow account has a new email address. Mails go there from now on, and no longer to this one.'], after: [NOT_YOU_HERE] }
    case 'address_taken':
      return {
        subject: 'Your address was entered for another account',
        before: ['Somebody wanted to use this address for their ChatFlow account. It is yours already, so nothing was changed.'],
        after: ['If that was you: sign in with this address, or take another one for the other account.'],
      }
    case 'password_reset':
      return {
        subject: 'Set a new password',
        before: ['With this link you set a new password. You are signed out on all devices then.'],
        action: { label: 'Set a new password', kind: 'reset_password' },
        after: ['The link works once, for 30 minutes.', IGNORE],
      }
    case 'password_changed':
      return { subject: 'Your password was changed', before: ['The password of your ChatFlow account was changed, and the other devices were signed out.'], after: [NOT_YOU] }
    case 'session_reused':
      return {
        subject: 'A session was ended for safety',
        before: [`A sign-in of yours${onDevice(facts)} was used from two places at once. That can mean that somebody copied it, so it has been ended. Other devices stay signed in.`],
        after: ['Sign in again where you need it. If you did not move data between devices, change your password.'],
      }
    case 'security_changed':
      return { subject: 'The security of your account was changed', before: [`Changed: ${facts['what'] ?? 'a setting'}.`], after: [NOT_YOU] }
    case 'account_deleted':
      return { subject: 'Your account was deleted', before: ['Your ChatFlow account has been deleted.'], after: ['If this was not you, tell your administrator.'] }
  }
}

/** " (Safari 17 on iPhone)", or as much of it as is known. */
function onDevice({ device = '', browser = '' }: Readonly<Record<string, string>>): string {
  const name = [browser, device].filter(Boolean).join(' on ')
  return name === '' ? '' : ` (${name})`
}

/** Who does not have the address any more cannot get a link sent there. */
const NOT_YOU_HERE = 'If this was not you, tell your administrator at once: a link for a new password would no longer reach you.'
