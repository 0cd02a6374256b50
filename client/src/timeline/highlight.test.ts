import { expect, test } from 'vitest'
import { highlight, MOST_COLOURED } from './highlight.ts'

const classesOf = (tree: unknown) => [...new Set(JSON.stringify(tree).match(/hljs-[a-z_]+/g))]
const textOf = (node: { type: string; value?: string; children?: unknown[] }): string => node.value ?? (node.children ?? []).map((child) => textOf(child as never)).join('')

test('code is coloured by its language, under any of its names, and stays the same text', async () => {
  const code = 'const a: string = `<b>${1}</b>` // "x"'
  for (const name of ['ts', 'typescript', 'tsx']) {
    const tree = await highlight(code, name)
    expect(classesOf(tree)).toEqual(expect.arrayContaining(['hljs-keyword', 'hljs-string', 'hljs-comment']))
    expect(tree && textOf(tree)).toBe(code)
  }
})

test('languages that are not known, names of the language itself, and very long code stay plain', async () => {
  expect(await highlight('x', 'brainfuck')).toBeUndefined()
  expect(await highlight('x', 'constructor')).toBeUndefined()
  expect(await highlight('x', '__proto__')).toBeUndefined()
  expect(await highlight('x'.repeat(MOST_COLOURED + 1), 'ts')).toBeUndefined()
})
