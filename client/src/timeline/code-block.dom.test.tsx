// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

test('a block of code is coloured, names its language, and is copied as it was written', async () => {
  renderFixture({ room: fixtureId('room', 6) })
  const box = screen.getByRole('textbox', { name: 'Message' })
  fireEvent.change(box, { target: { value: '```ts\nconst a = "<b>"\n```' } })
  fireEvent.keyDown(box, { key: 'Enter' })
  const article = screen.getByRole('article', { name: /const a/ })
  await waitFor(() => expect(article.querySelector('.hljs-keyword')?.textContent).toBe('const'))
  expect(article.querySelector('pre')?.textContent).toBe('const a = "<b>"')
  expect(article.querySelector('b')).toBeNull()
  expect(screen.getByText('ts')).toBeTruthy()
  const write = vi.fn(async () => undefined)
  vi.stubGlobal('navigator', { clipboard: { writeText: write } })
  fireEvent.click(screen.getByRole('button', { name: 'Copy code' }))
  expect(write).toHaveBeenCalledWith('const a = "<b>"')
  vi.unstubAllGlobals()
  await screen.findByRole('button', { name: 'Copied' })
})
