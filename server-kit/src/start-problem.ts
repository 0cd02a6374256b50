import { DatabaseError } from '@chatflow/database'
import { ConfigError } from './config.ts'

/** Something that keeps a server from starting and that the operator can put right: `message` is one sentence, fit to print. */
export class StartProblem extends Error {}

/** Resolves with what `listening` does; that the port cannot be had is said as a `StartProblem`. */
export async function portOrProblem<T>(listening: Promise<T>, port: number): Promise<T> {
  try {
    return await listening
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new StartProblem(`Cannot listen on PORT ${port}: it is ${code === 'EACCES' ? 'not permitted' : 'in use'}.`)
    throw error
  }
}

/** What the operator can put right is said in sentences; anything else is a fault of ours and keeps its stack. Exits with 1 either way. */
export function explainAndExit(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof DatabaseError || error instanceof StartProblem
  console.error(known ? error.message : error)
  process.exit(1)
}
