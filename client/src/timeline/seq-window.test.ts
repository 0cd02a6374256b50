import { expect, test } from 'vitest'
import { clampWindow, followWindow, windowAround } from './seq-window.ts'

const million = { floor: 0, head: 1_000_000 }

test('[R7] the window holds about a thousand each way, whatever the size of the room', () => {
  expect(windowAround(500_000, million)).toEqual({ first: 499_000, last: 501_000 })
  expect(windowAround(10, million)).toEqual({ first: 1, last: 1_010 })
  expect(windowAround(999_900, million)).toEqual({ first: 998_900, last: Infinity })
})

test('a window at the newest message grows with the room', () => {
  const window = windowAround(40, { floor: 0, head: 40 })
  expect(clampWindow(window, { floor: 0, head: 45 })).toEqual({ first: 1, last: 45 })
})

test('nothing at or below the floor is in a window', () => {
  expect(windowAround(1_030, { floor: 1_024, head: 9_000 })).toEqual({ first: 1_025, last: 2_030 })
  expect(clampWindow({ first: 1, last: Infinity }, { floor: 30, head: 50 })).toEqual({ first: 31, last: 50 })
})

test('the window stays while the screen is well inside it and moves when the screen nears an end', () => {
  const window = windowAround(500_000, million)
  expect(followWindow(window, 499_990, 500_010, million)).toBe(window)
  expect(followWindow(window, 499_200, 499_220, million)).toEqual({ first: 498_210, last: 500_210 })
  expect(followWindow(window, 500_800, 500_820, million)).toEqual({ first: 499_810, last: 501_810 })
})

test('a window that has grown for days at the newest message is cut back', () => {
  const window = { first: 1, last: Infinity }
  const span = { floor: 0, head: 2_600 }
  expect(followWindow(window, 2_580, 2_600, span)).toEqual({ first: 1_590, last: Infinity })
})

test('at the ends of the room there is nowhere to move to', () => {
  const window = { first: 1, last: Infinity }
  const span = { floor: 0, head: 100 }
  expect(followWindow(window, 1, 20, span)).toBe(window)
  expect(followWindow(window, 80, 100, span)).toBe(window)
})

test('an empty room gives an empty window', () => {
  const { first, last } = clampWindow(windowAround(0, { floor: 0, head: 0 }), { floor: 0, head: 0 })
  expect(last).toBeLessThan(first)
})
