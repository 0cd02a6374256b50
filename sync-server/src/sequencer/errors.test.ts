import { expect, it } from 'vitest'
import { isDataError } from './errors.ts'

it.each([
  ['22P05', true],
  ['23505', true],
  ['54000', true],
  ['57014', false],
  ['40P01', false],
  ['08006', false],
])('the database answers %s: the data is at fault? %s', (code, expected) => {
  expect(isDataError(Object.assign(new Error('refused'), { code }))).toBe(expected)
})
