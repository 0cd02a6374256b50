import type { Id } from '@chatflow/shared/ids'

/** A mail that is ready to go. */
export interface Mail {
  /** Of the job that sends it, the same when it is sent again: it becomes the Message-ID. */
  id: Id
  user: Id
  /** One address, as it passed `isEmailAddress`. */
  to: string
  subject: string
  text: string
  html: string
}

/** Where mails go. Both ways of it pass testing/sender-contract.ts. */
export interface MailSender {
  /** Resolves when somebody else is responsible for the mail. Throws `MailError`; sent again, it is the same mail and not a second one. */
  send(mail: Mail): Promise<void>
  /** Gives up what is under way, which then throws. */
  close(): void
}

/** A mail could not be handed over. Names what happened by codes only: the sentences of mail servers quote addresses. */
export class MailError extends Error {
  readonly code: string
  /** The recipient was refused for good: trying again would only be refused again. */
  readonly final: boolean
  constructor(code: string, { final = false } = {}) {
    super('a mail could not be handed over')
    this.name = 'MailError'
    this.code = code
    this.final = final
  }
}
