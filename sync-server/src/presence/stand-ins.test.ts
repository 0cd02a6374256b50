import { Document } from '@hocuspocus/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { outdatedTimeout, removeAwarenessStates } from 'y-protocols/awareness'
import { StandIns } from './stand-ins.ts'

let document: Document
let standIns: StandIns
let changes: number
beforeEach(() => {
  vi.useFakeTimers()
  document = new Document('room/x')
  standIns = new StandIns(document)
  changes = 0
  document.awareness.on('update', () => (changes += 1))
})
afterEach(() => {
  document.destroy()
  vi.useRealTimers()
})

const said = () => [...document.awareness.getStates().values()]

it('say what is said elsewhere, one for each client there, under a client of their own', () => {
  standIns.show(new Map([[1, { a: 1 }], [2, { b: 2 }]]))
  expect(said()).toEqual([{ a: 1 }, { b: 2 }])
  const [first] = document.awareness.getStates().keys()
  expect(standIns.has(first ?? 0)).toBe(true)
  expect(standIns.has(1)).toBe(false)
  standIns.show(new Map([[2, { b: 3 }]]))
  expect(said()).toEqual([{ b: 3 }])
  standIns.show(new Map())
  expect(said()).toEqual([])
})

it('say nothing twice, but again before it goes out of date', () => {
  standIns.show(new Map([[1, { a: 1 }]]))
  standIns.show(new Map([[1, { a: 1 }]]))
  expect(changes).toBe(1)
  for (let ms = 0; ms < 3 * outdatedTimeout; ms += 1_000) {
    vi.setSystemTime(Date.now() + 1_000)
    standIns.show(new Map([[1, { a: 1 }]]))
  }
  expect(said()).toEqual([{ a: 1 }])
  // Twice for each time after which it would be out of date.
  expect(changes).toBe(1 + 6)
})

it('are there again after they were taken away', () => {
  standIns.show(new Map([[1, { a: 1 }]]))
  removeAwarenessStates(document.awareness, [...document.awareness.getStates().keys()], null)
  expect(said()).toEqual([])
  standIns.show(new Map([[1, { a: 1 }]]))
  expect(said()).toEqual([{ a: 1 }])
})
