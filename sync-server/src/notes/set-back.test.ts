import { growth, STEEP } from '@chatflow/shared/testing/growth'
import { LIMITS } from '@chatflow/shared/limits'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { randomOf } from '../testing/random.ts'
import { setBack } from './set-back.ts'

type Node = string | { name: string; attributes?: Record<string, string>; children?: Node[] }

function docOf(nodes: readonly Node[]): Y.Doc {
  const doc = new Y.Doc()
  doc.getXmlFragment('notes').insert(0, nodes.map(made))
  return doc
}

function made(node: Node): Y.XmlElement | Y.XmlText {
  if (typeof node === 'string') return new Y.XmlText(node)
  const element = new Y.XmlElement(node.name)
  for (const [name, value] of Object.entries(node.attributes ?? {})) element.setAttribute(name, value)
  element.insert(0, (node.children ?? []).map(made))
  return element
}

const p = (...children: Node[]): Node => ({ name: 'paragraph', children })
const notesOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('notes')
const shown = (doc: Y.Doc): string => notesOf(doc).toJSON()
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
const back = (doc: Y.Doc, earlier: Y.Doc): void => doc.transact(() => setBack(notesOf(doc), notesOf(earlier)))
const paragraph = (doc: Y.Doc, index: number): Y.XmlText => (notesOf(doc).get(index) as Y.XmlElement).get(0) as Y.XmlText
const merge = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
}

describe('setting notes back', () => {
  it.each<[string, Node[], Node[]]>([
    ['nothing to nothing', [], []],
    ['nothing to something', [], [p('a'), p('b')]],
    ['something to nothing', [p('a'), p('b')], []],
    ['words in a text', [p('the quick fox')], [p('the slow fox')]],
    ['characters of two code units', [p('a😀b')], [p('a😁b')]],
    ['characters that end alike', [p('x\u{1f600}')], [p('x\u{1fa00}')]],
    ['paragraphs that came, went and moved', [p('a'), p('x'), p('b'), p('c')], [p('b'), p('a'), p('c'), p('d')]],
    ['another kind of element', [p('a'), p('b')], [{ name: 'heading', attributes: { level: '2' }, children: ['a'] }, p('b')]],
    ['attributes', [{ name: 'heading', attributes: { level: '2', id: 'x' } }], [{ name: 'heading', attributes: { level: '3', dir: 'rtl' } }]],
    ['lists in lists', [{ name: 'list', children: [{ name: 'item', children: [p('a')] }] }], [{ name: 'list', children: [{ name: 'item', children: [p('b'), p('c')] }, { name: 'item' }] }]],
    ['elements that no editor of ours knows', [p('a')], [{ name: 'x-later', attributes: { deep: 'y' }, children: [p('a')] }]],
  ])('from %s', (_, now, then) => {
    const [doc, earlier] = [docOf(now), docOf(then)]
    back(doc, earlier)
    expect(shown(doc)).toBe(shown(earlier))
    // From the same to the same is no change at all.
    let changes = 0
    doc.on('update', () => (changes += 1))
    back(doc, earlier)
    expect(changes).toBe(0)
  })

  it('gives formats and what is embedded back', () => {
    const [doc, earlier] = [docOf([p('plain words here')]), docOf([p('plain words here')])]
    paragraph(earlier, 0).format(6, 5, { bold: true, link: { href: 'https://example.org' } })
    paragraph(earlier, 0).insertEmbed(3, { image: 'x' })
    paragraph(doc, 0).format(0, 5, { italic: true })
    back(doc, earlier)
    expect(paragraph(doc, 0).toDelta()).toEqual(paragraph(earlier, 0).toDelta())
  })

  it('keeps what somebody writes at the same time in paragraphs that are the same, and between words that change', () => {
    const earlier = docOf([p('first'), p('the quick fox'), p('last')])
    const doc = copyOf(earlier)
    paragraph(doc, 1).delete(4, 5)
    paragraph(doc, 1).insert(4, 'lazy')
    notesOf(doc).insert(3, [made(p('spam')) as Y.XmlElement])
    const offline = copyOf(doc)
    paragraph(offline, 0).insert(5, ' of mine')
    paragraph(offline, 1).insert(12, 'es')
    notesOf(offline).insert(1, [made(p('a new one')) as Y.XmlElement])
    back(doc, earlier)
    merge(doc, offline)
    expect(shown(doc)).toBe(shown(offline))
    expect(shown(doc)).toBe('<paragraph>first of mine</paragraph><paragraph>a new one</paragraph><paragraph>the quick foxes</paragraph><paragraph>last</paragraph>')
  })

  it('leaves out what is no node and what belongs to another document', () => {
    const earlier = docOf([p('a')])
    const hostile = notesOf(earlier) as unknown as Y.Array<unknown>
    Y.Array.prototype.insert.call(hostile, 1, ['words', new Y.Map(), new Y.Array()])
    ;(notesOf(earlier).get(0) as Y.XmlElement).setAttribute('type', new Y.Map() as unknown as string)
    paragraph(earlier, 0).insertEmbed(1, new Y.Map())
    const doc = docOf([])
    back(doc, earlier)
    expect(shown(doc)).toBe('<paragraph>a</paragraph>')
    const other = docOf([p('b'), p('c')])
    back(other, earlier)
    expect(shown(other)).toBe('<paragraph>a</paragraph>')
  })

  it('comes to the same from anywhere to anywhere', () => {
    const random = randomOf(99)
    const node = (depth: number): Node =>
      depth === 0 || random.below(3) === 0
        ? 'ab😀'.repeat(random.below(3)) + 'xyz'.slice(random.below(3))
        : { name: ['paragraph', 'list', 'quote'][random.below(3)] ?? 'paragraph', attributes: random.below(2) === 0 ? {} : { level: String(random.below(3)) }, children: Array.from({ length: random.below(4) }, () => node(depth - 1)) }
    for (let round = 0; round < 300; round += 1) {
      const states = Array.from({ length: 2 }, () => docOf(Array.from({ length: random.below(6) }, () => ({ ...(node(3) as object), name: 'paragraph' }) as Node)))
      const [doc, earlier] = states as [Y.Doc, Y.Doc]
      back(doc, earlier)
      expect(shown(doc)).toBe(shown(earlier))
    }
  })

  it('[R10] goes as deep as notes may', () => {
    const nested = (text: string): Node => Array.from({ length: LIMITS.notesDepth - 1 }).reduce<Node>((inner) => ({ name: 'quote', attributes: { of: '"' }, children: [inner] }), text)
    const [doc, earlier] = [docOf([p('a'), nested('now "so"')]), docOf([nested('then "so"'), p('b')])]
    back(doc, earlier)
    expect(shown(doc)).toBe(shown(earlier))
  })

  it('costs as much as the notes are long', () => {
    const cost = growth((size) => {
      const many = Array.from({ length: size }, (_, i) => p(`paragraph ${i}`))
      const [now, then] = [docOf(many.map((node, i) => (i % 3 === 0 ? p(`changed ${i}`) : node))), docOf(many)].map((doc) => Y.encodeStateAsUpdate(doc)) as [Uint8Array, Uint8Array]
      return () => {
        const [doc, earlier] = [new Y.Doc(), new Y.Doc()]
        Y.applyUpdate(doc, now)
        Y.applyUpdate(earlier, then)
        back(doc, earlier)
        expect(shown(doc)).toBe(shown(earlier))
      }
    }, 2_000)
    expect(cost).toBeLessThan(STEEP)
  })
})
