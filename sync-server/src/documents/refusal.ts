import type { ErrorCode } from '@chatflow/shared/errors'

/**
 * Refuses a document. What the client does follows from the first word: `auth` get a fresh token or sign in, `gone` let go of the
 * document, `retry` come again later. Not an Error: Hocuspocus prints those.
 */
export class Refusal {
  readonly reason: string
  constructor(kind: 'auth' | 'gone' | 'retry', code: ErrorCode) {
    this.reason = `${kind}:${code}`
  }
}
