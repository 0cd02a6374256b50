import { CodedError } from '@chatflow/shared/errors'
import { LIMITS } from '@chatflow/shared/limits'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { poison } from '../testing/poison.ts'
import { NotesGate } from './gate.ts'

const origin = { of: 'the test' }
const writer = {}

function setUp(): { live: Y.Doc; gate: NotesGate; take(update: Uint8Array, who?: object): string } {
  const live = new Y.Doc()
  const gate = new NotesGate(live)
  return {
    live,
    gate,
    take: (update, who = writer) => {
      try {
        gate.take(update, who, origin)
        return 'in'
      } catch (error) {
        return error instanceof CodedError ? error.code : String(error)
      }
    },
  }
}

const textOf = (doc: Y.Doc): string => doc.getXmlFragment('notes').toJSON()

/** Increments that a writer makes one after another. */
function incrementsOf(write: ((notes: Y.XmlFragment) => unknown)[]): Uint8Array[] {
  const doc = new Y.Doc()
  const found: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => found.push(update))
  for (const each of write) each(doc.getXmlFragment('notes'))
  return found
}
const say = (text: string) => (notes: Y.XmlFragment) => notes.push([new Y.XmlText(text)])

/** Increments that each put an element into the one before. */
const nest = (levels: number): Uint8Array[] => {
  let inner: Y.XmlFragment | undefined
  return incrementsOf(
    Array.from({ length: levels }, () => (notes: Y.XmlFragment) => {
      const element = new Y.XmlElement('quote')
      ;(inner ?? notes).insert(0, [element])
      inner = element
    }),
  )
}

describe('the gate of notes', () => {
  it('passes on what is whole, as of its writer', () => {
    const { live, take } = setUp()
    const origins: unknown[] = []
    live.on('update', (_: Uint8Array, from: unknown) => origins.push(from))
    for (const update of incrementsOf([say('a'), say('b')])) expect(take(update)).toBe('in')
    expect(textOf(live)).toBe('ab')
    expect(origins).toEqual([origin, origin])
  })

  it('holds back what lacks a predecessor, and passes it on when that has come, from whomever', () => {
    const { live, gate, take } = setUp()
    const [a, b, c] = incrementsOf([say('a'), say('b'), say('c')]) as [Uint8Array, Uint8Array, Uint8Array]
    expect(take(c)).toBe('in')
    expect(gate.isComplete(writer)).toBe(false)
    expect([textOf(live), live.store.pendingStructs]).toEqual(['', null])
    const other = {}
    expect(take(a, other)).toBe('in')
    expect([gate.isComplete(writer), gate.isComplete(other)]).toEqual([false, true])
    // By another way than through the gate.
    Y.applyUpdate(live, b)
    expect(textOf(live)).toBe('abc')
    expect(gate.isComplete(writer)).toBe(true)
  })

  it('holds back a deletion of what has not come, too', () => {
    const { live, gate, take } = setUp()
    const [a, b, gone] = incrementsOf([say('a'), say('b'), (notes) => notes.delete(1, 1)]) as [Uint8Array, Uint8Array, Uint8Array]
    take(a)
    take(gone)
    expect(gate.isComplete(writer)).toBe(false)
    expect(live.store.pendingDs).toBeNull()
    take(b)
    expect([textOf(live), gate.isComplete(writer)]).toEqual(['a', true])
  })

  it('[R9] refuses what makes Yjs throw, and then nothing has changed: what comes before it in the same update neither', () => {
    const { live, take } = setUp()
    const [a, b] = incrementsOf([say('a'), say('b')]) as [Uint8Array, Uint8Array]
    take(a)
    const before = Y.encodeStateAsUpdate(live)
    expect(take(poison())).toBe('update_refused')
    expect(take(Y.mergeUpdates([b, poison()]))).toBe('update_refused')
    expect(Y.encodeStateAsUpdate(live)).toEqual(before)
    expect(take(b)).toBe('in')
    expect(textOf(live)).toBe('ab')
  })

  it('[R9] charges a poison that has waited to nobody who brings its predecessor: that goes in, the poison is gone', () => {
    const { live, gate, take } = setUp()
    const [late] = incrementsOf([say('late')]) as [Uint8Array]
    const { base, waiting } = poisonThatWaits()
    const victim = {}
    expect(take(waiting)).toBe('in')
    expect(take(base, victim)).toBe('in')
    expect([gate.isComplete(writer), gate.isComplete(victim)]).toEqual([false, true])
    expect(take(late)).toBe('in')
    expect([...textOf(live).matchAll(/base|late/g)]).toHaveLength(2)
    // Now that its predecessor is there, it is refused at whoever brings it.
    expect(take(waiting)).toBe('update_refused')
  })

  it('[R9] lets nobody be refused for a poison that waits in the live document for a moment', () => {
    const { live, take } = setUp()
    const { base, waiting } = poisonThatWaits()
    take(waiting)
    Y.applyUpdate(live, waiting)
    expect(take(base, {})).toBe('in')
    expect(textOf(live)).toBe('base')
  })

  it('[R9] outlives a poison whose predecessor comes by another way: the live notes go on telling of changes', () => {
    const { live, gate, take } = setUp()
    const { base, waiting } = poisonThatWaits()
    let told = 0
    live.on('update', () => (told += 1))
    expect(take(waiting)).toBe('in')
    Y.applyUpdate(live, base)
    expect([told, textOf(live), gate.isComplete(writer)]).toEqual([1, 'base', false])
    const honest = {}
    for (const update of incrementsOf([say('a'), say('b')])) expect(take(update, honest)).toBe('in')
    expect(told).toBe(3)
    expect(gate.isComplete(honest)).toBe(true)
  })

  it('[R10] lets nothing that has waited in too deep, by whatever way its predecessor comes, and refuses nobody else for it', () => {
    const [first, ...others] = nest(LIMITS.notesDepth + 1) as [Uint8Array, ...Uint8Array[]]
    const rest = Y.mergeUpdates(others)
    for (const way of ['gate', 'live'] as const) {
      const { live, take } = setUp()
      expect(take(rest)).toBe('in')
      if (way === 'gate') expect(take(first, {})).toBe('in')
      else Y.applyUpdate(live, first)
      expect(textOf(live)).toBe('<quote></quote>')
      expect(take(rest)).toBe('update_refused')
      expect(take(incrementsOf([say('on')])[0] as Uint8Array)).toBe('in')
      expect(textOf(live)).toContain('on')
    }
  })

  it('[R10] refuses elements nested deeper than notes may go, in one update and in many', () => {
    expect(setUp().take(Y.mergeUpdates(nest(LIMITS.notesDepth)))).toBe('in')
    expect(setUp().take(Y.mergeUpdates(nest(LIMITS.notesDepth + 1)))).toBe('update_refused')
    const [chain] = incrementsOf([
      (notes) =>
        notes.doc?.transact(() => {
          let inner = notes
          for (let i = 0; i < 20_000; i += 1) {
            const element = new Y.XmlElement('quote')
            inner.insert(0, [element])
            inner = element
          }
        }),
    ])
    expect(setUp().take(chain as Uint8Array)).toBe('update_refused')
    const { take } = setUp()
    expect(nest(LIMITS.notesDepth + 1).map((update) => take(update)).indexOf('update_refused')).toBe(LIMITS.notesDepth)
  })

  it('[R10] holds no more of what waits than it may, and lets go of all of it then', () => {
    const { live, gate, take } = setUp()
    const large = incrementsOf([say('a'), say('x'.repeat(LIMITS.notesWaitingBytes))])
    expect(take(large[1] as Uint8Array)).toBe('update_refused')
    const small = incrementsOf([say('a'), say('b')]) as [Uint8Array, Uint8Array]
    expect([take(small[1]), gate.isComplete(writer)]).toEqual(['in', false])
    expect(take(large[1] as Uint8Array)).toBe('update_refused')
    // Whoever had waited is not told that it is complete: it comes again with the next sync.
    expect([take(small[0]), gate.isComplete(writer), textOf(live)]).toEqual(['in', false, 'a'])
    expect([take(small[1]), gate.isComplete(writer), textOf(live)]).toEqual(['in', true, 'ab'])
  })

  it('[R10] refuses what would make the notes too large; deletions go in, and then others write again', () => {
    const { live, take } = setUp()
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const notes = doc.getXmlFragment('notes')
    for (let i = 0; i < 8; i += 1) notes.push([new Y.XmlText('x'.repeat(1_000_000))])
    notes.push([new Y.XmlText('y'.repeat(400_000))])
    expect(updates.splice(0).map((update) => take(update))).toEqual([...Array(8).fill('in'), 'document_too_large'])
    // Smaller things of others still fit.
    expect(take(incrementsOf([say('small')])[0] as Uint8Array)).toBe('in')
    notes.delete(0, 4)
    expect(updates.splice(0).map((update) => take(update))).toEqual(['in'])
    expect(take(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(live)))).toBe('in')
    expect(textOf(live).length).toBeGreaterThan(4_000_000)
  })

  it('[R10] counts what is new, and what is there now: known updates that come again, or what was written and deleted, take nobody\'s room', () => {
    const large = (letter: string) => say(letter.repeat(1_000_000))
    const innocent = incrementsOf([large('i')])[0] as Uint8Array
    const again = setUp()
    const known = incrementsOf([large('a')])[0] as Uint8Array
    expect(Array.from({ length: 9 }, () => again.take(known))).toEqual(Array(9).fill('in'))
    expect(again.take(innocent, {})).toBe('in')
    // At the limit too: with 7 MB in, the same 1 MB again and again.
    const full = setUp()
    const most = incrementsOf(Array.from({ length: 7 }, (_, i) => large(String(i))))
    expect([...most, ...most].map((update) => full.take(update))).toEqual(Array(14).fill('in'))
    expect(full.take(innocent, {})).toBe('in')
    const deleted = setUp()
    const written = incrementsOf(Array.from({ length: 9 }, () => [large('d'), (notes: Y.XmlFragment) => notes.delete(0, 1)]).flat())
    expect(written.map((update) => deleted.take(update))).toEqual(Array(18).fill('in'))
    expect(deleted.take(innocent, {})).toBe('in')
  })

  it('[R10] refuses more structs than notes may have', () => {
    const { take } = setUp()
    const results = new Set<string>()
    for (let client = 1; client < 4; client += 1) {
      const doc = new Y.Doc()
      const map = doc.getMap('m')
      doc.transact(() => {
        for (let i = 0; i < 90_000; i += 1) map.set(String(i), i)
      })
      results.add(take(Y.encodeStateAsUpdate(doc)))
    }
    expect([...results]).toEqual(['in', 'document_too_large'])
  }, 30_000)
})

/** Like `poison`, at a later clock: it waits for what comes before. */
function poisonAt(client: number, clock: number): Uint8Array {
  const bytes = poison(client)
  // clients, structs, client (two bytes), clock
  bytes[4] = clock
  return bytes
}

/** Something, and a poison that waits for it. */
function poisonThatWaits(): { base: Uint8Array; waiting: Uint8Array } {
  const doc = new Y.Doc()
  doc.clientID = 4_711
  doc.getXmlFragment('notes').push([new Y.XmlText('base')])
  return { base: Y.encodeStateAsUpdate(doc), waiting: poisonAt(doc.clientID, Y.getState(doc.store, doc.clientID)) }
}
