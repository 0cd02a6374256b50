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

/**
 * Stored state of server-written documents, through Hocuspocus' database extension. It is a cache that keeps a document's lineage, so that
 * replicas need not be fetched anew; rows are the truth. Outboxes are never stored.
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
      const grown = fresh !== undefined && hasGrown(state, fresh)
      if (grown) await save(db, documentName, fresh)
      else await saveWithoutDeleted(db, keeper, document, state)
      // Its readers come again after a moment and find the document made anew; their replicas are then replaced.
      if (grown) for (const connection of document.getConnections()) connection.close({ code: CLOSE.restart, reason: new Refusal('retry', 'document_gone').reason })
    },
  })
}

/**
 * Stores a document's state unless it may hold a body that was deleted meanwhile, by another instance say: then it is brought up first (R6).
 * The room's row is held, so that a deletion comes either before the look or after the storing, and takes the stored state with it.
 */
async function saveWithoutDeleted(db: ChatDatabase, keeper: Pick<DocumentKeeper, 'bringUp' | 'checked'>, document: Document, state: Uint8Array): Promise<void> {
  const name = parseDocName(document.name)
  if (name?.kind !== 'log') return save(db, document.name, state)
  for (let content = state, tries = 0; tries < 5; tries += 1, content = Y.encodeStateAsUpdate(document)) {
    const checked = keeper.checked(document)
    const { first, last } = segmentRange(name.segment)
    const stored = await db.tx(async (q) => {
      await q.query('select 1 from rooms where id = $1 for share', [name.room])
      const deleted = await q.query('select 1 from messages where room_id = $1 and seq between $2 and $3 and deleted and rev > $4 limit 1', [name.room, first, last, checked])
      if (deleted.rows.length > 0) return false
      await save(q, document.name, content)
      return true
    })
    if (stored) return
    await keeper.bringUp(document)
  }
}

async function save(db: Queryable, documentName: string, state: Uint8Array): Promise<void> {
  await db.query(
    `insert into documents (name, state, stored_at) values ($1, $2, $3)
     on conflict (name) do update set state = excluded.state, stored_at = excluded.stored_at`,
    [documentName, state, Date.now()],
  )
}

function isStored(documentName: string): boolean {
  const name = parseDocName(documentName)
  return name !== undefined && name.kind !== 'outbox'
}

/** The state to begin from: what is stored, or one made from rows where there is none, it cannot be read, or it has grown. */
async function stateToLoad(db: ChatDatabase, documentName: string): Promise<Uint8Array> {
  const stored = (await db.query<{ state: Uint8Array }>('select state from documents where name = $1', [documentName])).rows[0]?.state
  const fresh = stored === undefined || needsLook(stored) ? await fromRows(db, documentName) : undefined
  if (stored === undefined) {
    const state = fresh ?? new Uint8Array([0, 0])
    // Two instances may make the same document at once: the first to store it gives both the same lineage.
    await db.query('insert into documents (name, state, stored_at) values ($1, $2, $3) on conflict (name) do nothing', [documentName, state, Date.now()])
    return (await db.query<{ state: Uint8Array }>('select state from documents where name = $1', [documentName])).rows[0]?.state ?? state
  }
  if (fresh !== undefined && hasGrown(stored, fresh)) {
    await save(db, documentName, fresh)
    return fresh
  }
  return stored
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

async function fromRows(db: ChatDatabase, documentName: string): Promise<Uint8Array> {
  const name = parseDocName(documentName)
  const doc = new Y.Doc()
  try {
    if (name?.kind === 'log') fillLog(doc, await readLog(db, name.room, name.segment))
    if (name?.kind === 'user') fillUser(doc, await readUser(db, name.user))
    if (name?.kind === 'room') {
      const content = await readRoom(db, name.room)
      if (content !== undefined) fillRoom(doc, content)
    }
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}
