import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const box = createSecretBox(randomBytes(32).toString('hex'))

describe('a sealed secret', () => {
  it('opens for whom it was sealed, and looks different each time', () => {
    const [one, two] = [box.seal('secret', 'ada'), box.seal('secret', 'ada')]
    expect(one).not.toBe(two)
    expect(one).not.toContain('secret')
    expect([box.open(one, 'ada'), box.open(two, 'ada')]).toEqual(['secret', 'secret'])
  })

  it('opens for nobody else, with no other key, and not when it was changed', () => {
    const sealed = box.seal('secret', 'ada')
    const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`
    expect(() => box.open(sealed, 'ben')).toThrow(/authenticate|auth tag|Invalid|length/i)
    expect(() => createSecretBox(randomBytes(32).toString('hex')).open(sealed, 'ada')).toThrow(/authenticate|auth tag|Invalid|length/i)
    expect(() => box.open(changed, 'ada')).toThrow(/authenticate|auth tag|Invalid|length/i)
    expect(() => box.open(sealed.slice(0, 10), 'ada')).toThrow(/authenticate|auth tag|Invalid|length/i)
  })
})
