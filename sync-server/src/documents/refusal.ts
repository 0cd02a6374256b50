import type { ErrorCode } from '@chatflow/shared/errors'

/**
 * Refuses a document. What the client does follows from the first word: `auth` get a fresh token or sign in, `gone` let go of the
 * document, `retry` come again later. Its message is empty: Hocuspocus prints every message, and a refusal is nothing to print.
 */
export class Refusal extends Error {
  readonly reason: string
  constructor(kind: 'auth' | 'gone' | 'retry', code: ErrorCode) {
    super('')
    this.reason = `${kind}:${code}`
  }
}
