// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fixtureId, ME } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const general = fixtureId('room', 1)
const rooms = () => within(screen.getByRole('navigation', { name: 'Rooms' }))
const names = () => rooms().getAllByRole('link').map((link) => link.querySelector('.room-link-name')?.textContent)
const heading = () => screen.getByRole('heading', { level: 1 }).textContent

test('a section is folded and unfolded; the open room stays, and this device remembers', () => {
  renderFixture({ room: fixtureId('room', 3) })
  const section = rooms().getByRole('button', { name: 'Rooms' })
  expect(names()).toContain('reading-group')
  fireEvent.click(section)
  expect(section.getAttribute('aria-expanded')).toBe('false')
  expect(names()).not.toContain('reading-group')
  expect(names()).toContain('design')
  expect(localStorage.getItem(`chatflow:${ME.id}:folded`)).toBe('["archived","rooms"]')
  fireEvent.click(section)
  expect(names()).toContain('reading-group')
})

test('archived rooms are folded away at the end until one asks for them', () => {
  renderFixture({ room: general })
  expect(names()).not.toContain('old-office')
  fireEvent.click(rooms().getByRole('button', { name: 'Archived' }))
  expect(names().at(-1)).toBe('old-office')
})

test('Alt and the arrows step over what is folded away; with Shift they go to unread rooms', () => {
  renderFixture({ room: general })
  fireEvent.click(rooms().getByRole('button', { name: 'Direct messages' }))
  const order = names()
  const press = (key: string, shiftKey = false) => fireEvent.keyDown(document.body, { key, altKey: true, shiftKey })
  press('ArrowUp')
  expect(heading()).toBe(order[order.indexOf('general') - 1])
  press('ArrowUp')
  expect(heading()).toBe(order.at(-1))
  // The conversation in between has been read by opening it.
  press('ArrowDown', true)
  expect(heading()).toBe('release-7')
})

test('several people are one conversation, named by them, with a face for two of them; it can be begun offline', async () => {
  const chat = renderFixture({ room: general })
  act(() => chat.setOffline(true))
  fireEvent.click(screen.getByRole('button', { name: 'New direct message' }))
  const dialog = within(screen.getByRole('dialog', { name: 'New direct message' }))
  for (const name of ['Hana Kobayashi', 'Ivo']) {
    fireEvent.change(dialog.getByRole('combobox'), { target: { value: name } })
    fireEvent.click(await screen.findByRole('option', { name: new RegExp(name) }))
  }
  fireEvent.click(dialog.getByRole('button', { name: 'Open' }))
  await waitFor(() => expect(screen.getByRole('heading', { level: 1, hidden: true }).textContent).toBe('Hana Kobayashi, Ivo'))
  const link = await screen.findByRole('link', { name: 'Hana Kobayashi, Ivo' })
  expect(link.getAttribute('aria-description')).toContain('conversation of 3')
  expect(link.querySelectorAll('.faces .avatar')).toHaveLength(2)
})

test('unread rooms outside of what the list shows are announced, and one press goes there', async () => {
  // happy-dom lays nothing out: the list is 100 px high, the first unread room lies above it, the last one below.
  const place = (top: number, bottom: number) => ({ top, bottom }) as DOMRect
  const rects = vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    if (this.classList.contains('sidebar-rooms')) return place(0, 100)
    if (!this.classList.contains('room-link-unread')) return place(0, 0)
    return this.textContent?.includes('release-7') === true ? place(300, 334) : place(-50, -16)
  })
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(() => undefined)
  onTestFinished(() => {
    rects.mockRestore()
    scrolled.mockRestore()
  })
  renderFixture({ room: fixtureId('room', 6) })
  expect(screen.getByRole('button', { name: 'More unread above' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'More unread below' }))
  expect((scrolled.mock.contexts.at(-1) as HTMLElement).textContent).toContain('release-7')
})
