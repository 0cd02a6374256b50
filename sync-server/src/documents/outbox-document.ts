import { type CommandResult, parseCommand } from '@chatflow/shared/command'
import { parseDocName } from '@chatflow/shared/doc-names'
import { ERRORS } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Document, Extension } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { Sequencer } from '../sequencer/sequencer.ts'
import { CLOSE } from '../socket/socket-record.ts'
import type { ConnectionContext } from './context.ts'
import { Refusal } from './refusal.ts'

export interface OutboxOptions {
  sequencer: Pick<Sequencer, 'submit'>
  /** Off for tests and benchmarks: no pacing. */
  paced: boolean
  log: { warn(fields: object, message: string): void }
}

/** What the server remembers of one outbox document while it is open. */
interface Outbox {
  doc: Document
  user: Id
  /** `id:attempt` of commands handed to the sequencer or marked. */
  taken: Set<string>
  tokens: number
  refilledAt: number
  timer?: ReturnType<typeof setTimeout>
  /** Bytes received since the document's size was last measured. */
  received: number
}

/**
 * Outboxes: takes what a tab offers, in order, hands it to the sequencer and writes the marks. Only the user that the document's name
 * says may have written it (rights.ts), and that user is the author of every command in it (R4).
 */
export function outboxExtension(options: OutboxOptions): Extension<ConnectionContext> {
  const open = new Map<Document, Outbox>()

  const outboxOf = (doc: Document, user: Id): Outbox => {
    let outbox = open.get(doc)
    if (outbox === undefined) {
      outbox = { doc, user, taken: new Set(), tokens: LIMITS.outboxWindowCommands, refilledAt: Date.now(), received: 0 }
      open.set(doc, outbox)
      doc.on('destroy', () => {
        clearTimeout(open.get(doc)?.timer)
        open.delete(doc)
      })
    }
    return outbox
  }

  return {
    extensionName: 'outbox',
    priority: 10,

    async onChange({ documentName, document, update, connection }): Promise<void> {
      const name = parseDocName(documentName)
      if (name?.kind !== 'outbox' || connection === undefined) return
      const outbox = outboxOf(document, name.user)
      outbox.received += update.length
      if (outbox.received > LIMITS.outboxDocumentBytes / 2) {
        outbox.received = 0
        // The size includes what cannot be integrated: it would be kept for ever.
        if (Y.encodeStateAsUpdate(document).length > LIMITS.outboxDocumentBytes) {
          connection.context.socket.close(CLOSE.tooMany, new Refusal('retry', 'document_too_large').reason)
          return
        }
      }
      take(outbox, options)
    },
  }
}

function take(outbox: Outbox, options: OutboxOptions): void {
  if (outbox.timer !== undefined || outbox.doc.isDestroyed) return
  const { doc } = outbox
  const refused: CommandResult[] = []
  for (const item of doc.getArray('commands').toArray().slice(0, LIMITS.outboxWindowCommands * 2)) {
    const { id, attempt = 1 } = (item ?? {}) as { id?: unknown; attempt?: unknown }
    // Without an id there is nothing to mark: it stays its writer's own litter.
    if (typeof id !== 'string') continue
    const key = `${id}:${typeof attempt === 'number' ? attempt : 1}`
    if (outbox.taken.has(key)) continue
    if (options.paced && !spend(outbox)) {
      outbox.timer = setTimeout(() => {
        delete outbox.timer
        take(outbox, options)
      }, 1_000 / LIMITS.outboxPerSecond)
      break
    }
    outbox.taken.add(key)
    const parsed = parseCommand(item)
    if (parsed.ok) {
      void options.sequencer.submit(outbox.user, parsed.command).then(
        (result) => later(outbox, result),
        // Stopping: the command stays in the outbox and is offered again elsewhere.
        () => undefined,
      )
    } else if (parsed.code !== 'command_held' && parsed.id !== undefined) {
      refused.push({ id: parsed.id, status: 'rejected', code: parsed.code, message: ERRORS[parsed.code].title })
    }
  }
  if (refused.length > 0) mark(doc, refused)
}

/** 50 commands a second on average, a whole window at once. */
function spend(outbox: Outbox): boolean {
  const now = Date.now()
  outbox.tokens = Math.min(LIMITS.outboxWindowCommands, outbox.tokens + ((now - outbox.refilledAt) / 1_000) * LIMITS.outboxPerSecond)
  outbox.refilledAt = now
  if (outbox.tokens < 1) return false
  outbox.tokens -= 1
  return true
}

const waiting = new WeakMap<Document, CommandResult[]>()

/** Marks of one batch arrive in one go: they are written in one transaction, so that they travel in one frame. */
function later(outbox: Outbox, result: CommandResult): void {
  const list = waiting.get(outbox.doc)
  if (list !== undefined) {
    list.push(result)
    return
  }
  waiting.set(outbox.doc, [result])
  queueMicrotask(() => {
    const results = waiting.get(outbox.doc) ?? []
    waiting.delete(outbox.doc)
    if (!outbox.doc.isDestroyed) mark(outbox.doc, results)
  })
}

function mark(doc: Document, results: readonly CommandResult[]): void {
  doc.transact(() => {
    for (const result of results) {
      if (result.status === 'accepted') doc.getMap('settled').set(result.id, result.seq ?? 0)
      else doc.getMap('rejected').set(result.id, { code: result.code, message: result.message })
    }
  })
}
