import { expect, test } from 'vitest'
import { anchorRow } from './scroll-anchor.ts'

const screen = { top: 10, bottom: 20, topIsCut: true, pointed: undefined, held: undefined, isSettled: () => true }

test('the row jumped to stays, before the row pointed at, before the first whole row', () => {
  expect(anchorRow({ ...screen, held: 15, pointed: 12 })).toBe(15)
  expect(anchorRow({ ...screen, pointed: 12 })).toBe(12)
  expect(anchorRow(screen)).toBe(11)
  expect(anchorRow({ ...screen, topIsCut: false })).toBe(10)
})

test('what has left the screen holds nothing', () => {
  expect(anchorRow({ ...screen, held: 21, pointed: 9 })).toBe(11)
})

test('while a part of the screen loads, the nearest message that has been there stays', () => {
  expect(anchorRow({ ...screen, isSettled: (row) => row >= 15 })).toBe(15)
  expect(anchorRow({ ...screen, pointed: 12, isSettled: (row) => row >= 15 })).toBe(15)
  expect(anchorRow({ ...screen, pointed: 18, isSettled: (row) => row <= 13 })).toBe(13)
})

test('with nothing settled the first whole place stays; a message that fills the screen stays itself', () => {
  expect(anchorRow({ ...screen, isSettled: () => false })).toBe(11)
  expect(anchorRow({ ...screen, bottom: 10 })).toBe(10)
  expect(anchorRow({ ...screen, isSettled: (row) => row === 10 })).toBe(10)
})
