import type { Command } from '@chatflow/shared/command'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { NotesStore } from './notes-store.ts'

/**
 * How far a command has come on this device.
 * waiting: to be offered until the server marks it; settled: committed (kept for 7 days, in case the server is restored
 * from a backup); rejected: refused, kept until the person retries, edits or discards it.
 */
export type CommandStatus = 'waiting' | 'settled' | 'rejected'

/** A command as the strict store keeps it. */
export interface StoredCommand {
  /** Place in the device's queue, given by the store, ascending over all tabs. */
  order: number
  id: Id
  command: Command
  status: CommandStatus
  /** ms since the epoch, this device's clock. */
  enteredAt: number
  /** True before it is put into an outbox for the first time: from then on the server may know it. */
  offered: boolean
  /** Settled: place of the message in the room, 0 where there is none. */
  seq?: number
  settledAt?: number
  /** Settled: its effect has been seen in a replica, so nothing is laid over the replicas for it any more. */
  seen?: boolean
  /** Rejected: why. */
  code?: ErrorCode
  message?: string
  /** What an edit was made against: it is visible once the entry differs from this. */
  base?: { rev: number; editedAt: number }
}

/** A record on its way into the store: without `order` it goes to the end of the queue. */
export type CommandRecord = Omit<StoredCommand, 'order'> & { order?: number }

export interface StoreChange {
  put?: CommandRecord[]
  remove?: Id[]
}

/**
 * What the tabs of one device share and what cannot be fetched again: the queue, and changes of notes.
 * Every promise resolves only when the change is on disk (`complete` of a strict transaction), and rejects with `StoreError`.
 */
export interface CommandStore {
  /** False: nothing outlives this page. */
  readonly durable: boolean
  readonly notes: NotesStore
  /** All records in the order of the queue. */
  readAll(): Promise<StoredCommand[]>
  /** Those behind a place in the queue: what other tabs have added. */
  readAfter(order: number): Promise<StoredCommand[]>
  read(ids: readonly Id[]): Promise<StoredCommand[]>
  /**
   * One atomic change over all tabs: `decide` sees the records of `ids` as they are now and says, without waiting, what
   * to write. Answers what was put, with `order`. If `decide` throws, nothing changes and the promise rejects with that.
   */
  change(ids: readonly Id[], decide: (found: ReadonlyMap<Id, StoredCommand>) => StoreChange): Promise<StoredCommand[]>
  /** Small facts that must not be lost either (the epoch). */
  readFact(key: string): Promise<string | undefined>
  writeFact(key: string, value: string): Promise<void>
  /** Deletes everything and closes. */
  wipe(): Promise<void>
  close(): void
}

/** full: no room on the disk; failed: anything else. */
export type StoreErrorCode = 'full' | 'failed'

/** The device could not keep something. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, cause?: unknown) {
    super(code, { cause })
    this.name = 'StoreError'
    this.code = code
  }
}
