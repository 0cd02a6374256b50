/** What can be wrong with a database, for callers that decide on it. */
export type DatabaseProblem =
  | 'in-use'
  | 'unwritable'
  | 'wrong-version'
  | 'unreachable'
  | 'corrupt'
  | 'crashed'
  | 'closed'
  | 'migration'
  | 'misuse'

/** A problem of the database itself, not of one statement. `message` is one sentence for the operator, fit to print as it is. */
export class DatabaseError extends Error {
  readonly problem: DatabaseProblem
  constructor(problem: DatabaseProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DatabaseError'
    this.problem = problem
  }
}
