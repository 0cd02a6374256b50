import { afterEach, expect, it } from 'vitest'
import { quietConsole } from './quiet-console.ts'

const before = { ...console }
afterEach(() => {
  Object.assign(console, before)
})

it('what a library writes to the console is told by place and kind, not in its words', () => {
  const lines: object[] = []
  quietConsole({ warn: (fields, message) => void lines.push({ ...fields, message }) })
  console.error('[onLoadDocument]', 'planted words')
  console.warn(Object.assign(new TypeError('planted message'), { code: 'E_PLACE' }), { planted: true })
  expect(lines).toEqual([
    { at: expect.stringContaining('quiet-console.test.ts'), message: 'a library wrote to the console' },
    { at: expect.stringContaining('quiet-console.test.ts'), type: 'TypeError', code: 'E_PLACE', message: 'a library wrote to the console' },
  ])
  expect(JSON.stringify(lines)).not.toContain('planted')
})
