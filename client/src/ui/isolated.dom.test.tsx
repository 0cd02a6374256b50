// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Isolated } from './Isolated.tsx'

afterEach(cleanup)

const html = (text: string, names: (string | undefined)[]) => render(<Isolated text={text} names={names} />).container.innerHTML

test('each name stands in its own direction, the words around it in ours', () => {
  expect(html('נועה added دانا', ['נועה', 'دانا'])).toBe('<bdi>נועה</bdi> added <bdi>دانا</bdi>')
  expect(html('Ann and Ann are typing', ['Ann', 'Ann'])).toBe('<bdi>Ann</bdi> and <bdi>Ann</bdi> are typing')
})

test('what is not in the sentence changes nothing', () => {
  expect(html('Several people are typing', ['נועה', undefined, ''])).toBe('Several people are typing')
})
