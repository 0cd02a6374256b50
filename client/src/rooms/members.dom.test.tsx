// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const general = fixtureId('room', 1)
const panel = () => within(screen.getByRole('complementary', { name: 'Members' }))

/** The device lists two of twelve, as of a room too large for its document. */
function renderPartly() {
  const chat = renderFixture({ room: general })
  const { timeline } = chat.store.getState()
  if (timeline === undefined) throw new Error('The room is open.')
  act(() => chat.setState({ timeline: { ...timeline, members: timeline.members.slice(0, 2), memberCount: 12 } }))
  fireEvent.click(screen.getByRole('button', { name: '12 members' }))
  return chat
}

test('members stand under their roles', () => {
  renderFixture({ room: general })
  fireEvent.click(screen.getByRole('button', { name: '12 members' }))
  expect(panel().getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)).toEqual(['Owners', 'Moderators', 'Members', 'Readers'])
  expect(panel().getAllByRole('listitem')).toHaveLength(12)
})

test('a few letters narrow the list; a word that is nobody’s says so', () => {
  renderFixture({ room: general })
  fireEvent.click(screen.getByRole('button', { name: '12 members' }))
  const field = panel().getByRole('searchbox', { name: 'Find a member' })
  fireEvent.change(field, { target: { value: 'hana' } })
  expect(panel().getAllByRole('listitem').map((item) => within(item).getByText(/Kobayashi/).textContent)).toEqual(['Hana Kobayashi'])
  fireEvent.change(field, { target: { value: 'nobody' } })
  expect(panel().getByText('Nobody here is called “nobody”.')).toBeTruthy()
  // Esc empties the field before it closes the panel.
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(panel().getAllByRole('listitem')).toHaveLength(12)
})

test('of a room that is too large the rest is fetched page by page, and found by the server', async () => {
  renderPartly()
  expect(panel().getAllByRole('listitem')).toHaveLength(2)
  fireEvent.click(panel().getByRole('button', { name: 'Show more (10)' }))
  await waitFor(() => expect(panel().getAllByRole('listitem')).toHaveLength(12))
  expect(panel().queryByRole('button', { name: /Show more/ })).toBeNull()
  fireEvent.change(panel().getByRole('searchbox'), { target: { value: 'jun' } })
  expect(await panel().findByText('Jun Park')).toBeTruthy()
})

test('offline the rest of a large room is not there, which is said', async () => {
  const chat = renderPartly()
  const { timeline } = chat.store.getState()
  act(() => chat.setState({ connection: { state: 'offline', since: Date.now() }, timeline }))
  fireEvent.click(panel().getByRole('button', { name: 'Show more (10)' }))
  expect(await panel().findByText('There are others; they can be listed when you are online.')).toBeTruthy()
  expect(panel().getAllByRole('listitem')).toHaveLength(2)
})
