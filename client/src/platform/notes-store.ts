import type { Id } from '@chatflow/shared/ids'

/** A change of a room's notes that was made on this device and that the server has not said to have stored. */
export interface NotesIncrement {
  /** Given by the store, ascending over all tabs. */
  order: number
  room: Id
  /** A Yjs update, version 1. */
  update: Uint8Array
}

/** The part of the strict store that holds notes: every promise resolves only when the change is on disk, and rejects with `StoreError`. */
export interface NotesStore {
  add(room: Id, update: Uint8Array): Promise<number>
  /** In the order in which they were added. */
  read(room: Id): Promise<NotesIncrement[]>
  remove(orders: readonly number[]): Promise<void>
  /** Puts one increment in the place of several of its room; those that another tab has removed are in it all the same. */
  merge(orders: readonly number[], room: Id, update: Uint8Array): Promise<void>
  /** Rooms that have any. */
  rooms(): Promise<Id[]>
}
