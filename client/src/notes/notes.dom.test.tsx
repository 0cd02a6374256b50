// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureVersion } from '../app/fixture/notes.ts'
import { fixtureId } from '../app/fixture/people.ts'
import type { FixtureChat, FixtureOptions } from '../app/fixture-chat.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import type { ServerCalls } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'
import type { NotesView, RoomView } from '../chat/views.ts'

const general = fixtureId('room', 1)
const panel = () => within(screen.getByRole('complementary', { name: 'Notes' }))

async function openNotes(options: FixtureOptions = {}, room: Partial<RoomView> = {}): Promise<FixtureChat> {
  const chat = renderFixture({ room: general, ...options })
  act(() => chat.setState({ rooms: chat.store.getState().rooms.map((known) => (known.id === general ? { ...known, ...room } : known)) }))
  fireEvent.click(screen.getByRole('button', { name: 'Notes' }))
  await panel().findByRole('textbox', { name: 'Notes of general' })
  return chat
}

function set(chat: FixtureChat, change: Partial<NotesView>): void {
  const { notes } = chat.store.getState()
  if (notes === undefined) throw new Error('The notes are not open.')
  act(() => chat.setState({ notes: { ...notes, ...change } }))
}

test('the button in the header opens the notes, with what is in them, who else is there and how far they are saved', async () => {
  await openNotes()
  expect(panel().getByRole('heading', { level: 3, name: 'Release on Friday' })).toBeTruthy()
  expect(panel().getAllByRole('checkbox', { name: 'Done' }).map((box) => (box as HTMLInputElement).checked)).toEqual([true, false, false])
  expect(panel().getByText('Saved')).toBeTruthy()
  expect(panel().getByText('Also here: Bo Lindqvist')).toBeTruthy()
  expect(panel().getByRole('toolbar', { name: 'Formatting' })).toBeTruthy()
  expect(location.hash).toBe(`#/rooms/${general}/notes`)
})

test('an empty pad says what it is for', async () => {
  await openNotes({ emptyNotes: true })
  expect(panel().getByText(/what should not scroll away/)).toBeTruthy()
})

test('how far what was written has come is said in words, offline, on this device, and with a full disk', async () => {
  const chat = await openNotes()
  set(chat, { save: 'kept' })
  expect(panel().getByText('Saving…')).toBeTruthy()
  act(() => chat.setOffline(true))
  expect(panel().getByText('Offline. Saved on this device.')).toBeTruthy()
  set(chat, { save: 'saved' })
  expect(panel().getByText('Offline. Everything is saved.')).toBeTruthy()
  set(chat, { save: 'unkept', problem: 'full' })
  expect(panel().getByText(/There is no space left on this device/)).toBeTruthy()
})

test('without a connection an unknown pad can be written, and says what is missing', async () => {
  const chat = await openNotes({ emptyNotes: true })
  set(chat, { known: false })
  expect(panel().getByText(/have not been on this device yet/)).toBeTruthy()
  expect(panel().getByRole('textbox').getAttribute('contenteditable')).toBe('true')
})

test.each([
  ['a reader', { role: 'reader' }, 'You can read these notes, but not write in them.'],
  ['everyone in an archived room', { archived: true }, 'This room is archived: its notes can be read, not changed.'],
] as const)('%s reads the notes without buttons, and is told why', async (_who, room, why) => {
  await openNotes({}, room)
  expect(panel().getByText(why)).toBeTruthy()
  expect(panel().queryByRole('toolbar')).toBeNull()
  expect(panel().getByRole('textbox').getAttribute('contenteditable')).toBe('false')
  expect(panel().getAllByRole('checkbox').every((box) => (box as HTMLInputElement).disabled)).toBe(true)
})

test('a guest reads the notes only', async () => {
  await openNotes({ me: { id: fixtureId('user', 1), email: 'ana@example.org', username: 'ana', displayName: 'Ana Ribeiro', role: 'guest', emailVerified: true } })
  expect(panel().queryByRole('toolbar')).toBeNull()
})

test('what the server does not take can be copied out, and is given up only after a question', async () => {
  const copied = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } })
  const chat = await openNotes()
  set(chat, { save: 'kept', refused: 'document_too_large' })
  expect(panel().getByText('Saved on this device')).toBeTruthy()
  const alert = within(panel().getByRole('alert'))
  expect(alert.getByText(/have become too large/)).toBeTruthy()
  fireEvent.click(alert.getByRole('button', { name: 'Copy the text' }))
  expect(await alert.findByRole('button', { name: 'Copied' })).toBeTruthy()
  expect(copied.mock.calls[0]?.[0]).toContain('Release on Friday\nWhat we agreed on Monday.')
  fireEvent.click(alert.getByRole('button', { name: 'Begin again' }))
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Give it up' }))
  await waitFor(() => expect(chat.store.getState().notes?.refused).toBeUndefined())
})

const VERSION = { id: fixtureId('message', 900), at: Date.now() - 3_600_000, reason: 'time', authors: [{ id: fixtureId('user', 2), username: 'bo', displayName: 'Bo Lindqvist' }] }

function serverOf(asked: string[], known = fixtureVersion('as it was')): ServerCalls['call'] {
  return async <T,>(method: string, path: string) => {
    asked.push(`${method} ${path}`)
    const value: unknown = path.endsWith('/versions') ? { versions: [VERSION], more: false, last: { at: Date.now(), by: VERSION.authors[0] } } : { ...VERSION, state: known }
    return { ok: true, value: value as T }
  }
}

test('a moderator looks at an earlier version and restores it after a question', async () => {
  const asked: string[] = []
  await openNotes({ server: serverOf(asked) }, { role: 'moderator' })
  fireEvent.click(panel().getByRole('button', { name: 'Earlier versions' }))
  expect(await panel().findByText(/^Last edited by Bo Lindqvist/)).toBeTruthy()
  fireEvent.click(within(panel().getByRole('listitem')).getByRole('button'))
  const version = within(await screen.findByRole('dialog', { name: /^Version of/ }))
  expect((await version.findByRole('textbox', { name: 'Text of this version' })).textContent).toBe('as it was')
  fireEvent.click(version.getByRole('button', { name: 'Restore' }))
  fireEvent.click(within(await screen.findByRole('dialog', { name: 'Restore this version?' })).getByRole('button', { name: 'Restore' }))
  await waitFor(() => expect(asked.at(-1)).toBe(`POST /api/rooms/${general}/notes/versions/${VERSION.id}/restore`))
  await waitFor(() => expect(location.hash).toBe(`#/rooms/${general}/notes`))
})

test('a member looks at earlier versions and cannot restore them; one that cannot be read says so', async () => {
  await openNotes({ server: serverOf([], 'bm90IGEgc3RhdGU=') }, { role: 'member' })
  fireEvent.click(panel().getByRole('button', { name: 'Earlier versions' }))
  fireEvent.click(within(await panel().findByRole('listitem')).getByRole('button'))
  const version = within(await screen.findByRole('dialog', { name: /^Version of/ }))
  expect(await version.findByText('Earlier versions cannot be read at the moment.')).toBeTruthy()
  expect(version.queryByRole('button', { name: 'Restore' })).toBeNull()
})

test('without a connection earlier versions say that they are on the server', async () => {
  await openNotes({ server: async () => refusal('offline') })
  fireEvent.click(panel().getByRole('button', { name: 'Earlier versions' }))
  expect(await panel().findByText(/are on the server/)).toBeTruthy()
})

test('the buttons are one stop for Tab, and the arrow keys go through them', async () => {
  await openNotes()
  const buttons = within(panel().getByRole('toolbar')).getAllByRole('button')
  expect(buttons.filter((button) => button.tabIndex === 0)).toHaveLength(1)
  act(() => buttons[0]?.focus())
  for (const [key, name] of [['ArrowRight', 'Bold'], ['ArrowRight', 'Italic'], ['End', 'Redo'], ['ArrowRight', 'Style: Large heading'], ['ArrowLeft', 'Redo']] as const) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key })
    expect(document.activeElement?.getAttribute('aria-label')).toBe(name)
  }
})
