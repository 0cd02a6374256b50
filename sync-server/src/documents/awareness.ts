import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { parseNotesCursor } from '@chatflow/shared/notes-cursor'
import type { beforeHandleAwarenessPayload, Document, Extension } from '@hocuspocus/server'
import { removeAwarenessStates } from 'y-protocols/awareness'
import type { ConnectionContext } from './context.ts'

/** Statuses that a client may show of itself. */
const STATUSES = new Set(['online', 'away'])

interface AwarenessOptions {
  hides(user: Id): boolean
  standsIn(document: Document, client: number): boolean
}

interface Awareness {
  extension: Extension<ConnectionContext>
  /** Takes out of these documents what was said of somebody. */
  forget(user: Id, documents: Iterable<Document>): void
}

/**
 * Awareness of rooms (typing and presence) and of their notes (cursors). Who a state speaks of is not the client's to say: `user` is written from the token, an
 * awareness client id belongs to the first user that used it in this document, and everything else of the state is dropped.
 * `hides`: somebody does not show their presence; then nothing is said of them. `standsIn`: a client of this server's own, which nobody else speaks for.
 */
export function createAwareness({ hides, standsIn }: AwarenessOptions): Awareness {
  const owners = new WeakMap<Document, Map<number, Id>>()
  const forget: Awareness['forget'] = (user, documents) => {
    for (const document of documents) {
      const theirs = [...(owners.get(document) ?? [])].flatMap(([client, owner]) => (owner === user ? [client] : []))
      if (theirs.length > 0) removeAwarenessStates(document.awareness, theirs, null)
    }
  }
  return { extension: extensionOf(owners, { hides, standsIn }), forget }
}

function extensionOf(owners: WeakMap<Document, Map<number, Id>>, { hides, standsIn }: AwarenessOptions): Extension<ConnectionContext> {
  return {
    extensionName: 'awareness',
    priority: 10,

    async beforeHandleAwareness({ document, documentName, connection, context, states }: beforeHandleAwarenessPayload<ConnectionContext>): Promise<void> {
      // Without a connection it comes from another instance, which has checked it.
      if (connection === undefined) return
      const kind = parseDocName(documentName)?.kind
      const identity = (context as ConnectionContext | undefined)?.socket.identity
      if (identity === undefined || hides(identity.user) || (kind !== 'room' && kind !== 'notes')) {
        states.clear()
        return
      }
      const owned = owners.get(document) ?? new Map<number, Id>()
      owners.set(document, owned)
      for (const client of owned.keys()) if (!document.awareness.getStates().has(client)) owned.delete(client)
      const mine = document.getClients(connection)
      for (const [client, state] of [...states]) {
        const owner = owned.get(client)
        const second = mine.size > 0 && !mine.has(client)
        // The scratch awareness brings an empty state of its own.
        if (Object.keys(state).length === 0 || second || standsIn(document, client) || (owner !== undefined && owner !== identity.user)) {
          states.delete(client)
          continue
        }
        if (state['status'] === 'left') {
          // A `null` state would be lost on the way here: leaving is said in words.
          states.delete(client)
          removeAwarenessStates(document.awareness, [client], null)
          continue
        }
        owned.set(client, identity.user)
        states.set(client, {
          user: { id: identity.user, username: identity.person.username, displayName: identity.person.displayName },
          ...(kind === 'room' ? inRoom(state) : inNotes(state, connection.readOnly)),
        })
      }
    },
  }
}

function inRoom(state: Record<string, unknown>): object {
  return { ...(state['typing'] === true ? { typing: true } : {}), status: STATUSES.has(state['status'] as string) ? state['status'] : 'online' }
}

/** Who can only read has no cursor. */
function inNotes(state: Record<string, unknown>, readOnly: boolean): object {
  const cursor = readOnly ? undefined : parseNotesCursor(state['cursor'])
  return cursor === undefined ? {} : { cursor }
}
