import type { DatabaseProblem } from '../database-error.ts'

export interface WorkerInput {
  folder: string
  socket: string
}

export type WorkerMessage =
  | { type: 'ready' }
  | { type: 'log'; message: string }
  | { type: 'failed'; problem: DatabaseProblem; message: string }
  | { type: 'closed' }

export type WorkerRequest = { type: 'close' }
