import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { parseQuery } from '@chatflow/shared/search/query'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { EngineAnswer } from './engine-messages.ts'
import { documentsIn } from './search-document.ts'
import { SearchEngine } from './search-engine.ts'

/** A segment as it is stored: one update for each entry, reactions in between. */
function segment(entries: Record<string, unknown>[], reactions: string[] = []): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const entry of entries) doc.getMap('log').set(String(entry['seq']), { rev: 1, by: newId(), sentAt: 1, receivedAt: 1, ...entry })
  for (const key of reactions) doc.getMap('reactions').set(key, 1)
  return { doc, updates }
}

class Shelf {
  readonly stored = new Map<string, Uint8Array[]>()
  readonly read: string[] = []
  /** Held back until it is called. */
  let: (() => void) | undefined
  async list(): Promise<string[]> {
    return [...this.stored.keys()]
  }
  storage(holds = false) {
    return {
      list: () => this.list(),
      read: async (name: string) => {
        this.read.push(name)
        const updates = this.stored.get(name) ?? []
        if (holds) await new Promise<void>((resolve) => (this.let = resolve))
        return updates
      },
    }
  }
}

function open(storage: ReturnType<Shelf['storage']>) {
  const answers: EngineAnswer[] = []
  const heard: (() => void)[] = []
  const engine = new SearchEngine(storage, (answer) => {
    answers.push(answer)
    for (const tell of heard.splice(0)) tell()
  })
  const until = async (is: (answer: EngineAnswer) => boolean): Promise<EngineAnswer> => {
    for (;;) {
      const found = answers.find(is)
      if (found) return found
      await new Promise<void>((resolve) => heard.push(resolve))
    }
  }
  let asked = 0
  const find = (text: string, rooms: Id[]): string[] => {
    const parsed = parseQuery(text, { now: 0, timeZone: 'UTC' })
    if (!parsed.ok) throw new Error(parsed.reason)
    asked += 1
    engine.hear({ type: 'find', ask: asked, query: { terms: parsed.query.terms, notFrom: [], rooms, has: parsed.query.has }, sort: 'new', limit: 50, now: 10, layer: { documents: [], changes: [] } })
    const answer = answers.find((one) => one.type === 'found' && one.ask === asked)
    return answer?.type === 'found' ? answer.hits.map(({ document }) => document.text) : []
  }
  const done = () => until((answer) => answer.type === 'read' && answer.segments === answer.of)
  return { engine, find, done }
}

test('what is stored is read from the newest segments down, rooms in turn and those that were named first; deleted messages and events are left out', async () => {
  const [a, b] = [newId(), newId()]
  const shelf = new Shelf()
  shelf.stored.set(docName.log(a, 0), segment([{ seq: 1, id: newId(), text: '', event: { type: 'created' } }, { seq: 2, id: newId(), text: 'old bread' }]).updates)
  shelf.stored.set(docName.log(a, 10), segment([{ seq: 2561, id: newId(), text: 'new bread' }, { seq: 2562, id: newId(), text: 'bread', deleted: true }], [`2561:👍:${newId()}`]).updates)
  shelf.stored.set(docName.log(b, 2), segment([{ seq: 600, id: newId(), text: 'bread elsewhere' }]).updates)
  shelf.stored.set(docName.room(a), [])
  const { engine, find, done } = open(shelf.storage())
  engine.hear({ type: 'build', rooms: [b] })
  await done()
  expect(shelf.read).toEqual([docName.log(b, 2), docName.log(a, 10), docName.log(a, 0)])
  expect(find('bread', [a, b]).sort()).toEqual(['bread elsewhere', 'new bread', 'old bread'])
  expect(find('has:reaction', [a])).toEqual(['new bread'])
})

test('[R6] what the page tells while a segment is being read is newer than what is read', async () => {
  const room = newId()
  const id = newId()
  const shelf = new Shelf()
  shelf.stored.set(docName.log(room, 0), segment([{ seq: 1, id, text: 'a secret' }]).updates)
  const { engine, find, done } = open(shelf.storage(true))
  engine.hear({ type: 'build', rooms: [] })
  await expect.poll(() => shelf.let).toBeDefined()
  const now = segment([{ seq: 1, id, text: '', deleted: true, rev: 2 }, { seq: 2, id: newId(), text: 'no secret' }])
  engine.hear({ type: 'put', room, segment: 0, documents: documentsIn(room, now.doc) })
  shelf.let?.()
  await done()
  expect(find('secret', [room])).toEqual(['no secret'])
})

test('[R5] a room that leaves while it is being read is not found; it is when it comes back', async () => {
  const room = newId()
  const shelf = new Shelf()
  const stored = segment([{ seq: 1, id: newId(), text: 'soup' }])
  shelf.stored.set(docName.log(room, 0), stored.updates)
  const { engine, find, done } = open(shelf.storage(true))
  engine.hear({ type: 'build', rooms: [] })
  await expect.poll(() => shelf.let).toBeDefined()
  engine.hear({ type: 'drop', room })
  shelf.let?.()
  await done()
  expect(find('soup', [room])).toEqual([])
  engine.hear({ type: 'put', room, segment: 0, documents: documentsIn(room, stored.doc) })
  expect(find('soup', [room])).toEqual(['soup'])
})

test('a segment that cannot be read keeps no other from being found', async () => {
  const room = newId()
  const shelf = new Shelf()
  shelf.stored.set(docName.log(room, 1), [new Uint8Array([255, 255, 255])])
  shelf.stored.set(docName.log(room, 0), segment([{ seq: 1, id: newId(), text: 'soup' }]).updates)
  const { engine, find, done } = open(shelf.storage())
  engine.hear({ type: 'build', rooms: [] })
  await done()
  expect(find('soup', [room])).toEqual(['soup'])
})
