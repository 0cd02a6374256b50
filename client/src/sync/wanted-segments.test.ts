import { describe, expect, it } from 'vitest'
import { wantedSegments } from './wanted-segments.ts'

describe('[R7] the segments held of a room', () => {
  it('are the first one alone while the room is small', () => {
    expect(wantedSegments(0, 0)).toEqual([0])
    expect(wantedSegments(255, 0)).toEqual([0])
  })

  it('are the newest two, and the next one as soon as one is full', () => {
    expect(wantedSegments(256, 0)).toEqual([0, 1])
    expect(wantedSegments(600, 0)).toEqual([1, 2])
    expect(wantedSegments(1_000_000, 0)).toEqual([3905, 3906])
  })

  it('are also those of the shown range, with a neighbour on each side', () => {
    expect(wantedSegments(1_000_000, 0, { first: 2_600, last: 2_650 })).toEqual([9, 10, 11, 3905, 3906])
    expect(wantedSegments(600, 0, { first: 1, last: 20 })).toEqual([0, 1, 2])
    expect(wantedSegments(600, 0, { first: 590, last: 600 })).toEqual([1, 2])
  })

  it('never reach below the floor', () => {
    expect(wantedSegments(600, 512, { first: 1, last: 600 })).toEqual([2])
  })
})
