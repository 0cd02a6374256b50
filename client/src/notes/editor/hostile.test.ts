import { toggleMark } from 'prosemirror-commands'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { padText } from '../pad-text.ts'
import { placeFromJson, fromShared } from './positions.ts'
import { schema } from './schema.ts'
import { exchange, TestEditor } from './testing-editor.ts'

/** What somebody may write who speaks the protocol and means harm, or has a newer version. */
const HOSTILE: Record<string, (fragment: Y.XmlFragment, doc: Y.Doc) => void> = {
  'an element of another name': (fragment) => fragment.push([new Y.XmlElement('script')]),
  'a hook': (fragment) => fragment.push([new Y.XmlHook('alert') as unknown as Y.XmlElement]),
  'text beside the blocks': (fragment) => fragment.push([new Y.XmlText('loose')]),
  'a block without text': (fragment) => fragment.push([block('paragraph')]),
  'a block of a kind that is not there yet': (fragment) => fragment.push([block('table', new Y.XmlText('cells'))]),
  'a kind that is an object': (fragment) => fragment.push([block({ toString: 'paragraph' } as unknown as string, new Y.XmlText('x'))]),
  'a kind of the prototype': (fragment) => fragment.push([block('__proto__', new Y.XmlText('x')), block('constructor', new Y.XmlText('x')), new Y.XmlElement('__proto__'), new Y.XmlElement('constructor')]),
  'two texts in a block': (fragment) => fragment.push([block('paragraph', new Y.XmlText('one'), new Y.XmlText('two'))]),
  'blocks in blocks': (fragment) => {
    let inner = block('paragraph', new Y.XmlText('deep'))
    for (let depth = 0; depth < 60; depth += 1) inner = block('quote', inner)
    fragment.push([inner])
  },
  'attributes of every kind': (fragment) => {
    const made = block('bullet', new Y.XmlText('item'))
    for (const [name, value] of Object.entries({ indent: 1e9, checked: 'yes', style: 'position:fixed', onclick: 'alert(1)', href: 'javascript:alert(1)', class: 'x', level: { a: 1 } })) made.setAttribute(name, value as string)
    fragment.push([made])
    const heading = block('heading', new Y.XmlText('heading'))
    heading.setAttribute('level', -4 as unknown as string)
    fragment.push([heading])
  },
  'marks of every kind': (fragment) => {
    const text = new Y.XmlText()
    text.insert(0, 'marked', { link: { href: 'javascript:alert(1)' }, bold: { onclick: 'alert(1)' }, __proto__: true, highlight: { style: 'x' }, italic: 0 })
    text.insert(6, 'linked', { link: 'data:text/html,x' })
    fragment.push([block('paragraph', text)])
  },
  'things in a text that are no text': (fragment) => {
    const text = new Y.XmlText('ab')
    fragment.push([block('paragraph', text)])
    text.insertEmbed(1, { image: 'https://example.org/track.png' })
    text.insertEmbed(1, new Y.Map() as unknown as object)
  },
  'things in a code block': (fragment) => {
    const text = new Y.XmlText('code')
    fragment.push([block('code', text)])
    text.insertEmbed(2, { image: 'x' })
  },
  'a line across with words in it': (fragment) => fragment.push([block('rule', new Y.XmlText('hidden?'))]),
  'keys beside the content': (_fragment, doc) => void (doc.get('notes', Y.XmlFragment) as unknown as { _map: Map<string, unknown> })._map.set('x', undefined),
}

function block(kind: string, ...children: (Y.XmlText | Y.XmlElement)[]): Y.XmlElement {
  const element = new Y.XmlElement('block')
  element.setAttribute('kind', kind)
  element.insert(0, children)
  return element
}

/** All there is of it: names, attributes, texts with whatever stands in them. */
function describeShared(child: unknown): unknown {
  if (child instanceof Y.XmlHook) return 'hook'
  if (child instanceof Y.XmlText) return child.toDelta()
  return child instanceof Y.XmlElement ? [child.nodeName, child.getAttributes(), child.toArray().map(describeShared)] : String(child)
}

/** Every attribute and element name that the editor's DOM would be made of. */
function domOf(editor: TestEditor): string {
  const seen: unknown[] = []
  editor.state.doc.descendants((node) => {
    const toDOM = node.type.spec.toDOM
    if (toDOM) seen.push(toDOM(node))
    for (const mark of node.marks) seen.push(mark.type.spec.toDOM?.(mark, true))
  })
  return JSON.stringify(seen)
}

describe('whatever stands in the shared document', () => {
  for (const [what, write] of Object.entries(HOSTILE)) {
    it(`${what} is shown as something harmless, stays where it is, and does not stop anybody from writing`, () => {
      const doc = new Y.Doc()
      const fragment = doc.getXmlFragment('notes')
      fragment.push([block('paragraph', new Y.XmlText('before'))])
      write(fragment, doc)
      fragment.push([block('paragraph', new Y.XmlText('after'))])
      const before = JSON.stringify(fragment.toArray().slice(1, -1).map((child) => (describeShared(child))))
      const editor = new TestEditor(doc)
      editor.state.doc.check()
      const dom = domOf(editor)
      expect(dom).not.toMatch(/script|alert|javascript:|data:text|position|onclick|style/i)
      editor.select(1).type('I write ')
      editor.select(editor.state.doc.content.size - 1).type(' as well')
      editor.select(1, 3).run(toggleMark(schema.marks.bold))
      expect(editor.lines.at(0)).toBe('I write before')
      expect(editor.lines.at(-1)).toBe('after as well')
      expect(JSON.stringify(fragment.toArray().slice(1, -1).map((child) => (describeShared(child))))).toBe(before)
      expect(() => padText({ fragment })).not.toThrow()
    })

    it(`${what} comes in while the editor is open`, () => {
      const editor = new TestEditor()
      editor.type('mine')
      const other = new Y.Doc()
      exchange(editor.doc, other)
      write(other.getXmlFragment('notes'), other)
      exchange(editor.doc, other)
      editor.state.doc.check()
      editor.select(5).type('!')
      expect(editor.lines[0]).toBe('mine!')
    })
  }

  it('what is not known can be deleted by whoever wants that', () => {
    const doc = new Y.Doc()
    doc.getXmlFragment('notes').push([block('paragraph', new Y.XmlText('a')), block('table', new Y.XmlText('b'))])
    const editor = new TestEditor(doc)
    editor.dispatch(editor.state.tr.delete(3, 4))
    expect(editor.lines).toEqual(['a'])
  })

  it('what is not known keeps its content when it is moved', () => {
    const doc = new Y.Doc()
    doc.getXmlFragment('notes').push([block('table', new Y.XmlText('cells')), block('paragraph', new Y.XmlText('a'))])
    const editor = new TestEditor(doc)
    const node = editor.state.doc.child(0)
    editor.dispatch(editor.state.tr.insert(editor.state.doc.content.size, node).delete(0, 1))
    expect(editor.lines).toEqual(['a', 'cells'])
    expect((doc.getXmlFragment('notes').get(1) as Y.XmlElement).getAttribute('kind')).toBe('table')
  })

  it('a place that somebody claims to be at leads nowhere unless it is one', () => {
    const editor = new TestEditor()
    editor.type('text')
    const { fragment } = editor.binding
    const claims: unknown[] = [null, 7, 'x', {}, { item: {} }, { item: { client: 'a', clock: {} } }, { item: { client: 1, clock: 2 ** 52 } }, { item: { client: 1e9, clock: -1 } }, { type: { client: 1, clock: 0 } }, { tname: 'x' }, { tname: '__proto__', item: null }, { item: { client: editor.doc.clientID, clock: 0 }, assoc: 'x' }]
    for (const claim of claims) {
      const place = placeFromJson(claim)
      if (place !== undefined) expect(fromShared(fragment, editor.state.doc, place) ?? 0).toBeGreaterThanOrEqual(0)
    }
    expect([...editor.doc.share.keys()]).toEqual(['notes'])
  })
})
