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

export type Facts = Readonly<Record<string, string>>

/** Every mail in one language. Facts come from jobs; values are cut to one short line by who puts them in. */
export interface MailTexts {
  /** First line. */
  greeting(name: string): string
  texts: Readonly<Record<TextName, (facts: Facts) => MailText>>
}

/** " (Safari 17 on iPhone)", or as much of it as is known. `on`: that word. */
export function onDevice({ device = '', browser = '' }: Facts, on: string): string {
  const name = [browser, device].filter(Boolean).join(` ${on} `)
  return name === '' ? '' : ` (${name})`
}

/** What was changed; of jobs from before there were codes it is the words themselves. */
export function changeIn(words: Readonly<Record<string, (name: string) => string>>, { what = '', name = '' }: Facts): string {
  return Object.hasOwn(words, what) ? (words[what]?.(name) ?? what) : what
}
