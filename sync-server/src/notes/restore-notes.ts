import type { Database } from '@chatflow/database'
import { docName } from '@chatflow/shared/doc-names'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { Hocuspocus } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { ConnectionContext } from '../documents/context.ts'
import type { NotesKeeper } from './notes-keeper.ts'
import { setBack } from './set-back.ts'
import { versionState } from './version-rows.ts'

export interface RestoreOptions {
  db: Database
  hocuspocus: Hocuspocus<ConnectionContext>
  notes: NotesKeeper
}

/**
 * Sets a room's notes back to an earlier version, for a person who may: as a new change of the live document, which every replica merges. What there was before is kept
 * as a version of its own, in the same transaction. Resolves once it is committed; throws `version_not_found`.
 */
export async function restoreNotes({ db, hocuspocus, notes }: RestoreOptions, room: Id, version: Id, user: Id): Promise<void> {
  const state = await versionState(db, room, version)
  if (state === undefined) throw new CodedError('version_not_found')
  const earlier = new Y.Doc()
  Y.applyUpdate(earlier, state)
  // Without a socket: the server opens it itself.
  const direct = await hocuspocus.openDirectConnection(docName.notes(room), { user } as ConnectionContext)
  try {
    const { document } = direct
    if (document === null) throw new CodedError('unavailable')
    await notes.setBack(document, user, version, () => setBack(document.getXmlFragment('notes'), earlier.getXmlFragment('notes')))
  } finally {
    await direct.disconnect()
    earlier.destroy()
  }
}
