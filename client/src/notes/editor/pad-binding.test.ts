import { setBlockType, splitBlock, toggleMark } from 'prosemirror-commands'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { schema } from './schema.ts'
import { exchange, TestEditor } from './testing-editor.ts'

const types = schema.nodes
/** A number from 0 up to `below`, the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function pair(): [TestEditor, TestEditor] {
  return [new TestEditor(), new TestEditor()]
}

/** The editor shows what its document says, and a new one would show the same. */
function expectWhole(editor: TestEditor): void {
  editor.state.doc.check()
  expect(editor.state.doc.toJSON()).toEqual(new TestEditor(editor.doc).state.doc.toJSON())
}

test('what two people type apart stands in both, whoever hears of the other first', () => {
  const [ana, bo] = pair()
  ana.type('Plan')
  exchange(ana.doc, bo.doc)
  bo.select(5).type(' for Friday')
  ana.select(1).type('The ')
  exchange(ana.doc, bo.doc)
  expect(ana.lines).toEqual(['The Plan for Friday'])
  expect(bo.state.doc.toJSON()).toEqual(ana.state.doc.toJSON())
})

test('typing in a line that somebody else makes a heading and a third one a list item is not lost', () => {
  const [ana, bo] = pair()
  const cy = new TestEditor()
  ana.type('Agenda')
  exchange(ana.doc, bo.doc)
  exchange(ana.doc, cy.doc)
  ana.select(1).run(setBlockType(types.heading, { level: 2 }))
  bo.select(7).type(' of today')
  cy.select(1).run(setBlockType(types.item, { kind: 'bullet', indent: 0, checked: false }))
  exchange(ana.doc, bo.doc)
  exchange(bo.doc, cy.doc)
  exchange(cy.doc, ana.doc)
  expect(ana.lines).toEqual(['Agenda of today'])
  expect(cy.state.doc.toJSON()).toEqual(ana.state.doc.toJSON())
})

test('marking words leaves what somebody else writes between them', () => {
  const [ana, bo] = pair()
  ana.type('one two')
  exchange(ana.doc, bo.doc)
  ana.select(1, 8).run(toggleMark(schema.marks.bold))
  bo.select(4).type(' and')
  exchange(ana.doc, bo.doc)
  expect(ana.lines).toEqual(['one and two'])
  expect(bo.state.doc.toJSON()).toEqual(ana.state.doc.toJSON())
})

test('two who begin an empty pad at the same time both keep their line', () => {
  const [ana, bo] = pair()
  ana.type('from ana')
  bo.type('from bo')
  exchange(ana.doc, bo.doc)
  expect(ana.lines.toSorted()).toEqual(['from ana', 'from bo'])
  expect(bo.state.doc.toJSON()).toEqual(ana.state.doc.toJSON())
})

test('the selection stays by its characters while others write before and around it', () => {
  const [ana, bo] = pair()
  ana.type('first')
  ana.run(splitBlock)
  ana.type('second')
  exchange(ana.doc, bo.doc)
  ana.select(10, 12)
  const text = () => ana.state.doc.textBetween(ana.state.selection.from, ana.state.selection.to)
  expect(text()).toBe('co')
  bo.select(1).type('a long ')
  bo.run(splitBlock)
  bo.select(bo.state.doc.content.size - 1).type('!')
  exchange(ana.doc, bo.doc)
  expect(text()).toBe('co')
})

test('undo takes back only what was typed here', () => {
  const [ana, bo] = pair()
  ana.type('mine')
  exchange(ana.doc, bo.doc)
  bo.select(5).type(' yours')
  exchange(ana.doc, bo.doc)
  expect(ana.binding.undo()).toBe(true)
  expect(ana.lines.join('')).toBe(' yours')
  expect(ana.binding.redo()).toBe(true)
  expect(ana.lines).toEqual(['mine yours'])
  expectWhole(ana)
})

test('opening, selecting and reading write nothing', () => {
  const editor = new TestEditor()
  let updates = 0
  editor.doc.on('update', () => (updates += 1))
  editor.select(1)
  new TestEditor(editor.doc)
  expect(updates).toBe(0)
})

test('attributes and marks that this version does not know stay when the line is edited', () => {
  const doc = new Y.Doc()
  const block = new Y.XmlElement('block')
  block.setAttribute('kind', 'paragraph')
  block.setAttribute('colour', 'red')
  const text = new Y.XmlText()
  text.insert(0, 'highlighted text', {})
  text.format(0, 11, { highlight: { colour: 'yellow' } })
  block.insert(0, [text])
  doc.getXmlFragment('notes').insert(0, [block])
  const editor = new TestEditor(doc)
  editor.select(5).type('!!')
  editor.select(1, 4).run(toggleMark(schema.marks.bold))
  expect(block.getAttribute('colour')).toBe('red')
  expect((text.toDelta() as { insert: string; attributes?: { highlight?: unknown } }[]).filter(({ attributes }) => attributes?.highlight !== undefined).map(({ insert }) => insert).join('')).toBe('highlighted')
})

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`three people who do anything at all end with the same pad, and lose no word of what stays (seed ${seed})`, () => {
    const random = randomOf(seed)
    const editors = [new TestEditor(), new TestEditor(), new TestEditor()]
    let word = 0
    for (let step = 0; step < 400; step += 1) {
      const editor = editors[random(3)]
      if (editor === undefined) continue
      const { doc } = editor.state
      const at = () => random(doc.content.size + 1)
      const near = (position: number) => selectNear(editor, position)
      switch (random(9)) {
        case 0:
        case 1:
        case 2:
          near(at())
          editor.type(`w${(word += 1)} `)
          break
        case 3:
          near(at())
          editor.run(splitBlock)
          break
        case 4: {
          const [from, to] = [at(), at()].toSorted((a, b) => a - b)
          if (from !== undefined && to !== undefined && to - from < 12) editor.dispatch(editor.state.tr.deleteRange(from, to))
          break
        }
        case 5: {
          near(at())
          const kinds = [types.paragraph, types.heading, types.quote, types.codeBlock] as const
          editor.run(setBlockType(kinds[random(4)] ?? types.paragraph))
          break
        }
        case 6: {
          near(at())
          editor.run(setBlockType(types.item, { kind: ['bullet', 'ordered', 'task'][random(3)], indent: random(3), checked: random(2) === 1 }))
          break
        }
        case 7: {
          near(at())
          const { from } = editor.state.selection
          editor.select(from, Math.min(editor.state.selection.$from.end(), from + 5))
          editor.run(toggleMark(random(2) === 0 ? schema.marks.bold : schema.marks.italic))
          break
        }
        default:
          if (random(3) === 0) editor.binding.undo()
          else {
            const other = editors[random(3)]
            if (other !== undefined && other !== editor) exchange(editor.doc, other.doc)
          }
      }
      if (step % 20 === 0) expectWhole(editor)
    }
    const [a, b, c] = editors
    if (!a || !b || !c) throw new Error('three')
    exchange(a.doc, b.doc)
    exchange(b.doc, c.doc)
    exchange(c.doc, a.doc)
    exchange(a.doc, b.doc)
    for (const editor of editors) {
      expectWhole(editor)
      expect(JSON.stringify(editor.state.doc)).toBe(JSON.stringify(a.state.doc))
    }
    expect(a.state.doc.textContent.length).toBeGreaterThan(20)
  })
}

function selectNear(editor: TestEditor, position: number): void {
  const size = editor.state.doc.content.size
  for (let at = Math.min(position, size); at <= size; at += 1) {
    if (editor.state.doc.resolve(at).parent.isTextblock) return void editor.select(at)
  }
  for (let at = position; at >= 0; at -= 1) if (editor.state.doc.resolve(at).parent.isTextblock) return void editor.select(at)
}
