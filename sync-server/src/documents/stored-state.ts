import type { Database as ChatDatabase, Queryable } from '@chatflow/database'
import { parseDocName, segmentRange } from '@chatflow/shared/doc-names'
import { LIMITS } from '@chatflow/shared/limits'
import { Database as DatabaseExtension } from '@hocuspocus/extension-database'
import type { Document } from '@hocuspocus/server'
import * as Y from 'yjs'
import { CLOSE } from '../socket/socket-record.ts'
import type { DocumentKeeper } from './keeper.ts'
import { fillLog, readLog } from './log-content.ts'
import { Refusal } from './refusal.ts'
import { fillRoom, readRoom } from './room-content.ts'
import { fillUser, readUser } from './user-content.ts'

/** Deletions that may come in between before a state is left unstored; the next change stores it. */
const MOST_TRIES = 5

/**
 * Stored state of server-written documents, through Hocuspocus' database extension. It is a cache that keeps a document's lineage, so that
 * replicas need not be fetched anew; rows are the truth. Outboxes are never stored, and notes by their own keeper.
 */
export function storedStateExtension(db: ChatDatabase, keeper: Pick<DocumentKeeper, 'bringUp' | 'checked'>): DatabaseExtension {
  return new DatabaseExtension({
    fetch: async ({ documentName }) => {
      if (!isStored(documentName)) return null
      try {
        return await stateToLoad(db, documentName)
      } catch {
        throw new Refusal('retry', 'unavailable')
      }
    },
    store: async ({ documentName, state, document }) => {
      if (!isStored(documentName)) return
      const fresh = needsLook(state) ? await fromRows(db, documentName) : undefined
      const grown = fresh !== undefined && hasGrown(state, fresh.state)
      if (grown) await saveUnlessDeleted(db, documentName, fresh)
      else await saveLoaded(db, keeper, document)
      // Its readers come again after a moment and find the document made anew; their replicas are then replaced.
      if (grown) for (const connection of document.getConnections()) connection.close({ code: CLOSE.restart, reason: new Refusal('retry', 'document_gone').reason })
    },
  })
}

/** A document's state, and the rev, of the room or the user, up to which it is known to hold no body that has been deleted. */
interface State {
  state: Uint8Array
  rev: number
}

/** Stores a loaded document as it is now. Where a deletion has not reached it yet, on another instance say, it is brought up first (R6). */
async function saveLoaded(db: ChatDatabase, keeper: Pick<DocumentKeeper, 'bringUp' | 'checked'>, document: Document): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await saveUnlessDeleted(db, document.name, { rev: keeper.checked(document), state: Y.encodeStateAsUpdate(document) })) return
    await keeper.bringUp(document)
  }
}

/**
 * Stores a state unless it may hold a body that was deleted meanwhile: then it answers false (R6). The room's row is held, so that a deletion
 * comes either before the look, or after the storing and takes the stored state with it.
 */
async function saveUnlessDeleted(db: ChatDatabase, documentName: string, { state, rev }: State, mode: 'replace' | 'if absent' = 'replace'): Promise<boolean> {
  const name = parseDocName(documentName)
  return db.tx(async (q) => {
    if (name?.kind === 'log') {
      const { first, last } = segmentRange(name.segment)
      await q.query('select 1 from rooms where id = $1 for share', [name.room])
      const deleted = await q.query('select 1 from messages where room_id = $1 and seq between $2 and $3 and deleted and rev > $4 limit 1', [name.room, first, last, rev])
      if (deleted.rows.length > 0) return false
    }
    if (name?.kind === 'user') {
      // Drafts and scheduled messages that are gone: the same as above, under the user's row.
      const behind = await q.query('select 1 from (select rev from user_state where user_id = $1 for share) s where s.rev > $2', [name.user, rev])
      if (behind.rows.length > 0) return false
    }
    const conflict = mode === 'replace' ? 'do update set state = excluded.state, stored_at = excluded.stored_at' : 'do nothing'
    await q.query(`insert into documents (name, state, stored_at) values ($1, $2, $3) on conflict (name) ${conflict}`, [documentName, state, Date.now()])
    return true
  })
}

function isStored(documentName: string): boolean {
  const name = parseDocName(documentName)
  return name !== undefined && name.kind !== 'outbox' && name.kind !== 'notes'
}

/** The state to begin from: what is stored, or one made from rows where there is none, it cannot be read, or it has grown. */
async function stateToLoad(db: ChatDatabase, documentName: string): Promise<Uint8Array> {
  for (let tries = 0; ; tries += 1) {
    const stored = await storedState(db, documentName)
    if (stored !== undefined && !needsLook(stored)) return stored
    const fresh = await fromRows(db, documentName)
    if (stored !== undefined && !hasGrown(stored, fresh.state)) return stored
    // Two instances may make the same document at once: the first to store it gives both the same lineage.
    const saved = await saveUnlessDeleted(db, documentName, fresh, stored === undefined ? 'if absent' : 'replace')
    if (saved) return (await storedState(db, documentName)) ?? fresh.state
    // What is loaded is compared with rows once more, so even an overtaken state is good to begin from.
    if (tries === MOST_TRIES) return fresh.state
  }
}

async function storedState(db: Queryable, documentName: string): Promise<Uint8Array | undefined> {
  return (await db.query<{ state: Uint8Array }>('select state from documents where name = $1', [documentName])).rows[0]?.state
}

/** True where the stored state is worth comparing with a fresh one: it cannot be read, or it is past one of the bounds of growth. */
function needsLook(state: Uint8Array): boolean {
  return readable(state) === undefined || state.length > LIMITS.rebuildBytes || clientsIn(state) > LIMITS.rebuildClients
}

/** Past 64 Yjs clients, or above 128 kB and four times the live content (docs/ARCHITECTURE.md). */
function hasGrown(state: Uint8Array, fresh: Uint8Array): boolean {
  return (
    readable(state) === undefined ||
    clientsIn(state) > LIMITS.rebuildClients ||
    (state.length > LIMITS.rebuildBytes && state.length > LIMITS.rebuildFactor * fresh.length)
  )
}

function clientsIn(state: Uint8Array): number {
  const vector = readable(state)
  return vector === undefined ? 0 : vector.size
}

function readable(state: Uint8Array): Map<number, number> | undefined {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, state)
    return doc.store.pendingStructs === null ? Y.decodeStateVector(Y.encodeStateVector(doc)) : undefined
  } catch {
    return undefined
  } finally {
    doc.destroy()
  }
}

async function fromRows(db: ChatDatabase, documentName: string): Promise<State> {
  const name = parseDocName(documentName)
  const doc = new Y.Doc()
  let rev = 0
  try {
    if (name?.kind === 'log') {
      const content = await readLog(db, name.room, name.segment)
      rev = content.rev
      fillLog(doc, content)
    }
    if (name?.kind === 'user') {
      const content = await readUser(db, name.user)
      rev = content.rev
      fillUser(doc, content)
    }
    if (name?.kind === 'room') {
      const content = await readRoom(db, name.room)
      if (content !== undefined) fillRoom(doc, content)
    }
    return { state: Y.encodeStateAsUpdate(doc), rev }
  } finally {
    doc.destroy()
  }
}
