import { expect, test } from 'vitest'
import { anchorRow } from './scroll-anchor.ts'

const screen = { top: 10, bottom: 20, topIsCut: true, pointed: undefined, held: undefined, isLoaded: () => true }

test('the row jumped to stays, before the row pointed at, before the first whole row', () => {
  expect(anchorRow({ ...screen, held: 15, pointed: 12 })).toBe(15)
  expect(anchorRow({ ...screen, pointed: 12 })).toBe(12)
  expect(anchorRow(screen)).toBe(11)
  expect(anchorRow({ ...screen, topIsCut: false })).toBe(10)
})

test('what has left the screen holds nothing', () => {
  expect(anchorRow({ ...screen, held: 21, pointed: 9 })).toBe(11)
})

test('while the upper part loads, the first message below it that stands under another stays', () => {
  const isLoaded = (row: number) => row >= 14
  expect(anchorRow({ ...screen, isLoaded })).toBe(15)
  expect(anchorRow({ ...screen, pointed: 12, isLoaded })).toBe(15)
  expect(anchorRow({ ...screen, pointed: 14, isLoaded })).toBe(15)
})

test('with nothing loaded the first whole place stays; a message that fills the screen stays itself', () => {
  expect(anchorRow({ ...screen, isLoaded: () => false })).toBe(11)
  expect(anchorRow({ ...screen, bottom: 10 })).toBe(10)
  expect(anchorRow({ ...screen, isLoaded: (row) => row === 10 })).toBe(10)
})
