import { afterEach, expect, test, vi } from 'vitest'
import { isStroke, strokeWords } from './keys.ts'

const event = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })
const on = (platform: string) => vi.stubGlobal('navigator', { platform })
afterEach(() => vi.unstubAllGlobals())

test('a combination is met by exactly its keys', () => {
  on('Linux x86_64')
  const jump = { key: 'k', mod: true }
  expect(isStroke(event('k', { ctrlKey: true }), jump)).toBe(true)
  expect(isStroke(event('K', { ctrlKey: true, shiftKey: true }), jump)).toBe(false)
  expect(isStroke(event('k', { ctrlKey: true, altKey: true }), jump)).toBe(false)
  expect(isStroke(event('k', { metaKey: true }), jump)).toBe(false)
  expect(isStroke(event('k'), jump)).toBe(false)
  expect(isStroke(event('ArrowDown', { altKey: true, shiftKey: true }), { key: 'ArrowDown', alt: true, shift: true })).toBe(true)
  expect(isStroke(event('ArrowDown', { altKey: true }), { key: 'ArrowDown', alt: true, shift: true })).toBe(false)
})

test('on machines of Apple it is Cmd instead of Ctrl', () => {
  on('MacIntel')
  expect(isStroke(event('k', { metaKey: true }), { key: 'k', mod: true })).toBe(true)
  expect(isStroke(event('k', { ctrlKey: true }), { key: 'k', mod: true })).toBe(false)
  expect(strokeWords({ key: 'm', mod: true, shift: true })).toEqual(['⌘', '⇧', 'M'])
})

test('a sign for which some keyboards need Shift is the same with it', () => {
  on('Win32')
  for (const shiftKey of [true, false]) expect(isStroke(event('/', { ctrlKey: true, shiftKey }), { key: '/', mod: true })).toBe(true)
  expect(strokeWords({ key: 'ArrowUp', alt: true })).toEqual(['Alt', '↑'])
})
