import { ERRORS, type ErrorCode } from '@chatflow/shared/errors'
import type { CommandResult } from '@chatflow/shared/command'

/** Thrown by the evaluation of one command: it is refused, and nothing of it has happened. */
export class Rejection extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}

export function rejected(id: string, code: ErrorCode): CommandResult {
  return { id, status: 'rejected', code, message: ERRORS[code].title }
}

export function accepted(id: string, seq: number | null): CommandResult {
  return seq === null ? { id, status: 'accepted' } : { id, status: 'accepted', seq }
}
