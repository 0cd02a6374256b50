// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const general = fixtureId('room', 1)

/** As by keyboard: a button has the focus before it is pressed. */
function press(name: string): HTMLElement {
  const button = screen.getByRole('button', { name })
  button.focus()
  fireEvent.click(button)
  return button
}

test('opening a panel takes the focus into it, Esc closes it and gives the focus back', () => {
  renderFixture({ room: general })
  const opener = press('12 members')
  const panel = screen.getByRole('complementary', { name: 'Members' })
  expect(location.hash).toBe(`#/rooms/${general}/members`)
  expect(document.activeElement).toBe(within(panel).getByRole('heading', { level: 2, name: '12 members' }))
  fireEvent.keyDown(within(panel).getByRole('button', { name: 'About Bo Lindqvist' }), { key: 'Escape' })
  expect(screen.queryByRole('complementary', { name: 'Members' })).toBeNull()
  expect(location.hash).toBe(`#/rooms/${general}`)
  expect(document.activeElement).toBe(opener)
})

test('closing a panel leaves the focus alone where it is somewhere else by then', () => {
  renderFixture({ room: general })
  press('12 members')
  const box = screen.getByRole('textbox', { name: 'Message' })
  act(() => box.focus())
  fireEvent.click(screen.getByRole('button', { name: 'Close members' }))
  expect(document.activeElement).toBe(box)
})
