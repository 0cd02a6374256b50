// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import type { AdminUser, AuditPage } from '@chatflow/shared/api/admin'
import { expect, test, vi } from 'vitest'
import { ME } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import type { Answer, ServerCalls } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'
import { sentence } from '../i18n/sentence.ts'
import type { PlainKey } from '../i18n/words.ts'

const user = (id: string, displayName: string, change: Partial<AdminUser> = {}): AdminUser => ({
  id, username: displayName.toLowerCase(), displayName, email: `${displayName.toLowerCase()}@example.org`, role: 'member', verified: true, secondFactor: false, disabled: false,
  createdAt: 1, lastSeenAt: null, sessions: 1, ...change,
})
const ok = (value: unknown): Answer<unknown> => ({ ok: true, value })
const refused = (says: PlainKey): Answer<unknown> => ({ ok: false, code: 'last_admin', says: sentence(says) })

/** The page of one section over a server that answers by method and path. */
function openSection(section: string, answer: (line: string, body: unknown) => Answer<unknown>) {
  const calls: string[] = []
  const call = (async (method: string, path: string, body?: unknown) => {
    calls.push(`${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`)
    return answer(`${method} ${path}`, body)
  }) as ServerCalls['call']
  const chat = renderFixture({ server: call })
  act(() => chat.setState({ user: { ...ME, role: 'admin' } }))
  act(() => navigate({ page: 'admin', section }))
  return { calls, chat }
}

test('people load on page by page, and a search begins anew with what was typed', async () => {
  const { calls } = openSection('people', (line) =>
    line.includes('q=cl') ? ok({ users: [user('3', 'Cleo')], more: false }) : line.includes('before=') ? ok({ users: [user('2', 'Ben')], more: false }) : ok({ users: [user('1', 'Ada')], more: true }),
  )
  await screen.findByText('Ada')
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }))
  await screen.findByText('Ben')
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  fireEvent.change(screen.getByRole('searchbox', { name: 'Search people' }), { target: { value: 'cl' } })
  await screen.findByText('Cleo')
  expect(screen.queryByText('Ada')).toBeNull()
  expect(calls).toEqual(['GET /api/auth/admin/users?q=', 'GET /api/auth/admin/users?q=&before=1', 'GET /api/auth/admin/users?q=cl'])
})

test('a refused change of role says why and changes nothing on the screen', async () => {
  const { calls } = openSection('people', (line) => (line.startsWith('PATCH') ? refused('errors.last_admin') : ok({ users: [user('1', 'Ada', { role: 'admin' })], more: false })))
  fireEvent.mouseDown(await screen.findByRole('combobox', { name: /^Role of Ada/ }))
  fireEvent.click(screen.getByRole('option', { name: 'Guest' }))
  fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Take away' }))
  expect(await screen.findByRole('alert')).toHaveProperty('textContent', 'The server needs at least one active administrator.')
  expect(screen.getByRole('combobox', { name: 'Role of Ada: Administrator' })).toBeDefined()
  expect(calls.at(-1)).toBe('PATCH /api/auth/admin/users/1 {"role":"guest"}')
})

test('a list that cannot be loaded says so and can be asked for again', async () => {
  let down = true
  openSection('people', () => (down ? refused('chat.offline') : ok({ users: [user('1', 'Ada')], more: false })))
  expect(await screen.findByText('The server cannot be reached.')).toBeDefined()
  down = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByText('Ada')
  expect(screen.queryByText('The server cannot be reached.')).toBeNull()
})

test('a link is made with what was chosen, shown once, and wrong numbers are not sent', async () => {
  const { calls } = openSection('invitations', (line) => ok(line.startsWith('POST') ? { id: '1', code: 'c', url: 'https://chat.example/#/invite/c', expiresAt: 2 } : { invitations: [], more: false }))
  await screen.findByText('No links yet')
  fireEvent.change(screen.getByRole('textbox', { name: 'Number of uses' }), { target: { value: '1001' } })
  fireEvent.click(screen.getByRole('button', { name: 'Make link' }))
  expect(screen.getByText('A number from 1 to 1000.')).toBeDefined()
  fireEvent.change(screen.getByRole('textbox', { name: 'Number of uses' }), { target: { value: '5' } })
  fireEvent.click(screen.getByRole('button', { name: 'Make link' }))
  expect(await screen.findByRole('textbox', { name: 'Invitation link' })).toHaveProperty('value', 'https://chat.example/#/invite/c')
  expect(calls.filter((line) => line.startsWith('POST'))).toEqual(['POST /api/auth/admin/invitations {"role":"member","uses":5,"expiresInHours":168,"note":""}'])
})

test('a choice about registration that is refused goes back to what holds', async () => {
  openSection('registration', (line) => (line.startsWith('PUT') ? refused('errors.forbidden') : ok({ registration: 'open' })))
  fireEvent.click(await screen.findByRole('radio', { name: 'Nobody' }))
  await screen.findByText('You may not do this.')
  expect(screen.getByRole('radio', { name: 'Everybody' })).toHaveProperty('checked', true)
})

test('the audit log speaks in words, names rooms, and narrows to a person', async () => {
  const room = '0197a000-0000-7000-8000-000000000009'
  const log: AuditPage = {
    entries: [
      { id: 2, at: 2, action: 'room.archived', actor: { id: 'a', name: 'Ada' }, target: { kind: 'room', id: room }, room, details: {} },
      { id: 1, at: 1, action: 'future.thing_done', actor: null, target: { kind: 'user', id: 'b' }, room: null, details: { from: 'x', to: 'y', expiresInHours: 3 } },
    ],
    more: false,
  }
  const { calls } = openSection('audit', (line) => ok(line.includes('/api/admin/rooms') ? { rooms: [{ room, name: 'plans' }], more: false, directConversations: 0 } : log))
  expect(within(await screen.findByRole('row', { name: /Archived a room/ })).getByText('#plans')).toBeDefined()
  expect(screen.getByText('Future thing done')).toBeDefined()
  expect(screen.getByText('x → y · for 3 hours')).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Ada' }))
  await vi.waitFor(() => expect(calls.at(-1)).toBe('GET /api/auth/admin/audit?actor=a'))
  fireEvent.click(await screen.findByRole('button', { name: 'Who: Ada, remove' }))
  await vi.waitFor(() => expect(calls.at(-1)).toBe('GET /api/auth/admin/audit?'))
})

test('the page and its entry are there for administrators only, and a guest sees no ways to rooms that it cannot take', async () => {
  const chat = renderFixture({ rooms: [] })
  act(() => chat.setState({ user: { ...ME, role: 'guest' } }))
  for (const name of ['New room', 'Browse rooms', 'New direct message', 'Make a room']) expect(screen.queryByRole('button', { name })).toBeNull()
  expect(screen.getAllByText(/You are a guest here/)).toHaveLength(2)
  fireEvent.click(screen.getByRole('button', { name: /^Your account/ }))
  expect(screen.queryByRole('button', { name: 'Administration' })).toBeNull()
  act(() => navigate({ page: 'admin' }))
  expect(await screen.findByText('For administrators')).toBeDefined()
})

test('who needs a second step is set beside who may join; a refusal puts the choice back', async () => {
  const { calls } = openSection('registration', (line, body) => {
    if (line.startsWith('GET')) return ok({ registration: 'open', secondFactor: 'nobody' })
    if ((body as { secondFactor?: string }).secondFactor === 'everyone') return refusal('second_factor_missing')
    return ok({ registration: 'open', secondFactor: 'administrators' })
  })
  const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name })
  fireEvent.click(await screen.findByRole('radio', { name: 'Everyone' }))
  await screen.findByText(/Set up a second step of your own first/)
  expect(radio('Whoever wants to').checked).toBe(true)
  fireEvent.click(radio('Administrators'))
  await screen.findByText('Saved.')
  expect([radio('Administrators').checked, radio('Everybody').checked]).toEqual([true, true])
  expect(calls.at(-1)).toBe('PUT /api/auth/admin/settings {"secondFactor":"administrators"}')
})

test('everybody is signed out after a question, and the number is told', async () => {
  const { calls } = openSection('people', (line) => (line.includes('end-sessions') ? ok({ sessions: 3 }) : ok({ users: [user('1', 'Ada')], more: false })))
  fireEvent.click(await screen.findByRole('button', { name: 'End all sessions' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'End everybody’s sessions?' }))
  expect(calls.some((call) => call.startsWith('POST'))).toBe(false)
  fireEvent.click(dialog.getByRole('button', { name: 'End all sessions' }))
  await screen.findByText('3 sessions ended.')
})

test('link previews are off until they are switched on, and a refusal leaves the switch as it was', async () => {
  let down = false
  const { calls } = openSection('previews', (line) => (line.startsWith('PUT') && down ? refused('chat.offline') : ok({ linkPreviews: line.startsWith('PUT') })))
  const choice = await screen.findByRole<HTMLInputElement>('switch', { name: 'Show previews of links' })
  expect(choice.checked).toBe(false)
  fireEvent.click(choice)
  expect(await screen.findByText('Saved.')).toBeDefined()
  expect(choice.checked).toBe(true)
  down = true
  fireEvent.click(choice)
  expect(await screen.findByRole('alert')).toHaveProperty('textContent', 'The server cannot be reached.')
  expect(choice.checked).toBe(true)
  expect(calls).toEqual(['GET /api/admin/settings', 'PUT /api/admin/settings {"linkPreviews":true}', 'PUT /api/admin/settings {"linkPreviews":false}'])
})
