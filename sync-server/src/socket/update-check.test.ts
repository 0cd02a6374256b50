import { CodedError } from '@chatflow/shared/errors'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { randomOf } from '../testing/random.ts'
import { checkUpdate } from './update-check.ts'

const MANY = 100_000

/** What `checkUpdate` says: 'passes', or the code it throws. Anything else it throws is thrown on. */
function verdict(update: Uint8Array, maxStructs = MANY): string {
  try {
    checkUpdate(update, maxStructs)
    return 'passes'
  } catch (error) {
    if (error instanceof CodedError) return error.code
    throw error
  }
}

/** The update that a document has after `write`, as one client would send it. */
function updateOf(write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  write(doc)
  return Y.encodeStateAsUpdate(doc)
}

/** One struct of client 1 at clock 0, put together by hand: `info`, then whatever `content` writes; no deletions. */
function struct(info: number, content: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    for (const part of [1, 1, 1, 0]) encoding.writeVarUint(encoder, part)
    encoding.writeUint8(encoder, info)
    content(encoder)
    encoding.writeVarUint(encoder, 0)
  })
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) })

const HONEST: [string, (doc: Y.Doc) => void][] = [
  ['nothing', () => undefined],
  ['commands in an array', (doc) => doc.getArray('commands').push([{ v: 1, id: 'x', at: 1.5, on: true, off: false, none: null, list: [1, 'two', -3] }])],
  ['keys of a map, set again and again', (doc) => {
    for (let value = 0; value < 50; value += 1) doc.getMap('log').set(`${value % 7}`, { value })
  }],
  ['values that are large, tiny, negative, fractions and bigints', (doc) => doc.getArray('a').push([2 ** 40, -(2 ** 40), 0.1, 1e300, Number.MIN_VALUE, [9n], -0])],
  ['bytes and undefined', (doc) => doc.getArray('a').push([new Uint8Array(300), [undefined]])],
  ['deletions', (doc) => {
    doc.getArray('a').push(Array.from({ length: 40 }, (_, index) => index))
    for (let index = 30; index > 0; index -= 2) doc.getArray('a').delete(index)
  }],
  ['formatted text with embeds', (doc) => {
    doc.getText('t').insert(0, 'some text')
    doc.getText('t').format(2, 3, { bold: true, colour: 'red' })
    doc.getText('t').insertEmbed(4, { image: 'x' })
  }],
  ['text beyond the basic plane, cut apart', (doc) => {
    doc.getText('t').insert(0, '😀😀')
    doc.getText('t').insert(1, 'x')
  }],
  ['shared types in shared types', (doc) => {
    const inner = new Y.Map()
    doc.getMap('m').set('inner', inner)
    inner.set('list', Y.Array.from([new Y.Text('deep')]))
  }],
  ['xml', (doc) => {
    const element = new Y.XmlElement('paragraph')
    doc.getXmlFragment('notes').insert(0, [element, new Y.XmlText('x'), new Y.XmlHook('hook') as unknown as Y.XmlElement])
    element.setAttribute('align', 'left')
  }],
  ['plain values eight deep', (doc) => doc.getArray('a').push([nested(8)])],
]

describe('an update that is let through', () => {
  it.each(HONEST)('is one of %s', (_, write) => {
    expect(verdict(updateOf(write))).toBe('passes')
  })

  it('is one that several clients have written, a difference to a state, or made by merging', () => {
    const one = new Y.Doc()
    const two = new Y.Doc()
    for (const [, write] of HONEST) write(one)
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
    const before = Y.encodeStateVector(two)
    for (const [, write] of HONEST) write(two)
    expect(verdict(Y.encodeStateAsUpdate(two))).toBe('passes')
    expect(verdict(Y.encodeStateAsUpdate(two, before))).toBe('passes')
    // Merging what does not follow on one another leaves skipped ranges.
    const parts: Uint8Array[] = []
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => parts.push(update))
    for (let index = 0; index < 9; index += 1) doc.getArray('a').push([index])
    expect(verdict(Y.mergeUpdates(parts.filter((_, index) => index % 2 === 0)))).toBe('passes')
  })

  it('is what Yjs says of itself after collecting garbage', () => {
    const doc = new Y.Doc()
    const map = doc.getMap('m')
    map.set('inner', Y.Array.from([Y.Array.from(['gone'])]))
    map.delete('inner')
    expect(verdict(Y.encodeStateAsUpdate(doc))).toBe('passes')
  })
})

describe('[R10] an update that is refused', () => {
  it('declares 2^25 structs in a few bytes', () => {
    const header = encoding.encode((encoder) => {
      for (const part of [1, 2 ** 25, 1, 0]) encoding.writeVarUint(encoder, part)
    })
    expect(header.length).toBeLessThan(10)
    expect(verdict(header)).toBe('update_refused')
  })

  it.each([
    ['clients', [2 ** 25]],
    ['deleting clients', [0, 2 ** 25]],
    ['deleted ranges', [0, 1, 1, 2 ** 25]],
  ])('declares 2^25 %s in a few bytes', (_, parts) => {
    expect(verdict(encoding.encode((encoder) => parts.forEach((part) => encoding.writeVarUint(encoder, part))))).toBe('update_refused')
  })

  it('has more structs or deleted ranges than are allowed, by one', () => {
    const structs = updateOf((doc) => {
      for (let index = 0; index < 10; index += 1) doc.getMap('m').set(`${index}`, index)
    })
    expect(verdict(structs, 10)).toBe('passes')
    expect(verdict(structs, 9)).toBe('update_refused')
    const ranges = encoding.encode((encoder) => {
      for (const part of [0, 1, 1, 3, 0, 1, 2, 1, 4, 1]) encoding.writeVarUint(encoder, part)
    })
    expect(verdict(ranges, 3)).toBe('passes')
    expect(verdict(ranges, 2)).toBe('update_refused')
  })

  it('is in the V2 encoding', () => {
    for (const [, write] of HONEST.slice(1)) {
      const doc = new Y.Doc()
      write(doc)
      expect(verdict(Y.encodeStateAsUpdateV2(doc))).toBe('update_refused')
    }
  })

  it('is cut off anywhere, or goes on after its end', () => {
    for (const [, write] of HONEST.slice(1)) {
      const update = updateOf(write)
      for (let length = 0; length < update.length; length += 1) expect(verdict(update.subarray(0, length)), `cut at ${length}`).toBe('update_refused')
      expect(verdict(new Uint8Array([...update, 0]))).toBe('update_refused')
    }
  })

  it('nests plain values more than eight deep, in objects or in arrays', () => {
    expect(verdict(updateOf((doc) => doc.getArray('a').push([nested(9)])))).toBe('update_refused')
    expect(verdict(updateOf((doc) => doc.getMap('m').set('k', [[[[[[[[[1]]]]]]]]])))).toBe('update_refused')
  })

  it('nests what is kept as JSON more than eight deep: an embed or a format that could be read once and never be written again', () => {
    const embed = (value: object): string => verdict(updateOf((doc) => doc.getText('t').insertEmbed(0, value)))
    const format = (value: unknown): string => verdict(updateOf((doc) => doc.getText('t').insert(0, 'text', { link: value })))
    expect([embed(nested(8) as object), format(nested(8))]).toEqual(['passes', 'passes'])
    expect([embed(nested(9) as object), format([[[[[[[[[1]]]]]]]]])]).toEqual(['update_refused', 'update_refused'])
    // Brackets in words nest nothing.
    expect([embed({ text: '[[[[[[[[[[{{{{{{{{{{"\\' }), format('"[[[[[[[[[[[[')]).toEqual(['passes', 'passes'])
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(
      verdict(
        struct(5, (encoder) => {
          encoding.writeVarUint(encoder, 1)
          encoding.writeVarString(encoder, 't')
          encoding.writeVarString(encoder, deep)
        }),
      ),
    ).toBe('update_refused')
  })

  it('takes clocks that no client reaches, so that the next ones could not be told apart', () => {
    const garbage = (clock: number, length: number): Uint8Array =>
      encoding.encode((encoder) => {
        for (const part of [1, 1, 1, clock]) encoding.writeVarUint(encoder, part)
        encoding.writeUint8(encoder, 0)
        encoding.writeVarUint(encoder, length)
        encoding.writeVarUint(encoder, 0)
      })
    const deleted = (clock: number, length: number): Uint8Array => encoding.encode((encoder) => [0, 1, 1, 1, clock, length].forEach((part) => encoding.writeVarUint(encoder, part)))
    for (const make of [garbage, deleted]) {
      expect(verdict(make(2 ** 31, 2 ** 31))).toBe('passes')
      expect([make(2 ** 31, 2 ** 31 + 1), make(2 ** 53 - 1, 1), make(0, 2 ** 53 - 1)].map((update) => verdict(update))).toEqual(Array(3).fill('update_refused'))
    }
  })

  it('holds a subdocument, or content of a kind that Yjs does not have', () => {
    expect(verdict(updateOf((doc) => doc.getMap('m').set('sub', new Y.Doc())))).toBe('update_refused')
    for (const kind of [9, 11, 31]) {
      expect(
        verdict(
          struct(kind, (encoder) => {
            encoding.writeVarUint(encoder, 1)
            encoding.writeVarString(encoder, 'm')
            encoding.writeVarUint(encoder, 0)
          }),
        ),
      ).toBe('update_refused')
    }
  })

  it('holds a shared type that Yjs does not have', () => {
    const ofType = (type: number): Uint8Array =>
      struct(7, (encoder) => {
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarString(encoder, 'm')
        encoding.writeVarUint(encoder, type)
      })
    expect(verdict(ofType(6))).toBe('passes')
    expect(verdict(ofType(7))).toBe('update_refused')
  })

  it('declares a string, a list, an object or bytes longer than the update', () => {
    for (const write of [
      (encoder: encoding.Encoder) => encoding.writeUint8Array(encoder, new Uint8Array([1, 119, 255, 255, 3])),
      (encoder: encoding.Encoder) => encoding.writeUint8Array(encoder, new Uint8Array([1, 117, 255, 255, 255, 127])),
      (encoder: encoding.Encoder) => encoding.writeUint8Array(encoder, new Uint8Array([1, 118, 255, 255, 255, 127])),
      (encoder: encoding.Encoder) => encoding.writeUint8Array(encoder, new Uint8Array([1, 116, 255, 255, 3])),
    ]) {
      expect(
        verdict(
          struct(8, (encoder) => {
            encoding.writeVarUint(encoder, 1)
            encoding.writeVarString(encoder, 'a')
            write(encoder)
          }),
        ),
      ).toBe('update_refused')
    }
  })

  it('is no reason to fall over: random bytes and damaged updates only ever give one error', () => {
    const random = randomOf(20_261)
    const good = HONEST.map(([, write]) => updateOf(write))
    let refused = 0
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = Uint8Array.from({ length: random.below(64) }, () => random.below(256))
      if (verdict(bytes) === 'update_refused') refused += 1
      const damaged = good[random.below(good.length)]?.slice() ?? bytes
      for (let hits = random.below(4); hits >= 0; hits -= 1) damaged[random.below(damaged.length)] = random.below(256)
      verdict(damaged)
    }
    expect(refused).toBeGreaterThan(19_000)
  })

  it('never gets more structs past the bound, whatever is damaged', () => {
    const random = randomOf(4)
    const source = updateOf((doc) => {
      for (let index = 0; index < 30; index += 1) doc.getMap('m').set(`${index % 5}`, { index, text: 'x'.repeat(index) })
    })
    let passed = 0
    for (let round = 0; round < 5_000; round += 1) {
      const damaged = source.slice()
      damaged[random.below(damaged.length)] = random.below(256)
      if (verdict(damaged, 40) !== 'passes') continue
      passed += 1
      const counted = decodedStructs(damaged)
      if (counted !== undefined) expect(counted).toBeLessThanOrEqual(40)
    }
    expect(passed).toBeGreaterThan(100)
  })
})

/** Structs as Yjs itself counts them; undefined where Yjs cannot read them (text that is no UTF-8, JSON that is none). */
function decodedStructs(update: Uint8Array): number | undefined {
  try {
    return Y.decodeUpdate(update).structs.length
  } catch {
    return undefined
  }
}
