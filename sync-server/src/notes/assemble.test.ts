import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { assemble, isReadable } from './assemble.ts'
import { poison } from '../testing/poison.ts'

const incrementsOf = (...texts: string[]): Uint8Array[] => {
  const doc = new Y.Doc()
  const found: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => found.push(update))
  for (const text of texts) doc.getXmlFragment('notes').push([new Y.XmlText(text)])
  return found
}
const textOf = (state: Uint8Array): string => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc.getXmlFragment('notes').toJSON()
}

describe('stored parts of notes', () => {
  it('make the notes, the state first', () => {
    const [a, b, c] = incrementsOf('a', 'b', 'c') as [Uint8Array, Uint8Array, Uint8Array]
    const state = assemble([{ n: 1, bytes: a }, { n: 2, bytes: b }])
    expect(state?.bad).toEqual([])
    expect(textOf(assemble([{ n: 0, bytes: state?.state ?? new Uint8Array() }, { n: 3, bytes: c }])?.state ?? new Uint8Array())).toBe('abc')
    expect(assemble([])).toMatchObject({ bad: [] })
  })

  it.each([
    ['is no update', new Uint8Array([255, 255, 255])],
    ['is empty', new Uint8Array()],
    ['names an origin that its own client has not made yet', poison()],
    ['holds JSON that is none', badJson()],
  ])('go on without one that %s', (_, bytes) => {
    const [a, b] = incrementsOf('a', 'b') as [Uint8Array, Uint8Array]
    const made = assemble([{ n: 1, bytes: a }, { n: 2, bytes }, { n: 3, bytes: b }])
    expect(made?.bad).toEqual([2])
    expect(textOf(made?.state ?? new Uint8Array())).toBe('ab')
    expect(isReadable(bytes)).toBe(false)
  })

  it('leave out what waits for one that is not there', () => {
    const [a, , c] = incrementsOf('a', 'b', 'c') as [Uint8Array, Uint8Array, Uint8Array]
    const made = assemble([{ n: 1, bytes: a }, { n: 3, bytes: c }])
    expect(textOf(made?.state ?? new Uint8Array())).toBe('a')
    expect(isReadable(made?.state ?? new Uint8Array())).toBe(true)
    expect(isReadable(c)).toBe(false)
  })
})

function badJson(): Uint8Array {
  return encoding.encode((encoder) => {
    for (const part of [1, 1, 77, 0]) encoding.writeVarUint(encoder, part)
    encoding.writeUint8(encoder, 5)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'notes')
    encoding.writeVarString(encoder, '{no')
    encoding.writeVarUint(encoder, 0)
  })
}
