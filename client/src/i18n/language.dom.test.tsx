import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { memo } from 'react'
import { afterEach, expect, it } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { KEYS } from '../app/keys.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import { SETTINGS } from '../chat/settings.ts'
import { formatDay } from '../ui/format-time.ts'
import { nameList } from '../ui/name-list.ts'
import { formatNumber } from './format.ts'
import { chooseLanguage, startLanguage } from './language.ts'
import { rich } from './rich.ts'
import { t } from './translate.ts'
import { useLanguage } from './use-language.ts'

afterEach(async () => {
  cleanup()
  await act(() => chooseLanguage('system'))
})

it('texts, plurals, numbers, lists and dates follow the language', async () => {
  const monday = Date.UTC(2025, 5, 9, 12)
  expect(t('common.close')).toBe('Close')
  expect([1, 2, 12_345].map((count) => t('common.others', { count }))).toEqual(['1 other', '2 others', '12,345 others'])
  expect(nameList(['Ana', 'Bo', 'Cleo'])).toBe('Ana, Bo and 1 other')
  expect(formatDay(monday, monday + 5 * 86_400_000)).toBe('Monday, June 9')
  await chooseLanguage('de')
  expect(document.documentElement.lang).toBe('de')
  expect(t('common.close')).toBe('Schließen')
  expect([1, 2, 12_345].map((count) => t('common.others', { count }))).toEqual(['1 weitere Person', '2 weitere', '12.345 weitere'])
  expect(nameList(['Ana', 'Bo', 'Cleo'])).toBe('Ana, Bo und 1 weitere Person')
  expect(formatDay(monday, monday + 5 * 86_400_000)).toBe('Montag, 9. Juni')
  expect(formatDay(monday, monday)).toBe('Heute')
  expect(formatNumber(1234.5)).toBe('1.234,5')
})

it('what was chosen is spoken from the first moment of the next start, and kept only as long as it is wanted', async () => {
  localStorage.setItem('chatflow.language', 'de')
  await startLanguage()
  expect(t('common.back')).toBe('Zurück')
  await chooseLanguage('system')
  expect(localStorage.getItem('chatflow.language')).toBeNull()
  expect(t('common.back')).toBe('Back')
})

it('of two choices in a row the last one holds, though it needs no loading', async () => {
  await Promise.all([chooseLanguage('de'), chooseLanguage('en')])
  expect(document.documentElement.lang).toBe('en')
  expect(t('common.back')).toBe('Back')
})

it('elements stand where the language wants them, and what people write is never read as part of a text', () => {
  const nasty = '<b>{{count}}</b> $t(common.back) \u{E000}reason\u{E001}'
  expect(t('app.refused', { reason: nasty })).toBe(`${nasty} What you have written stays on this device.`)
  render(<p>{rich('app.refused', { reason: <strong>Over.</strong> })}</p>)
  expect(document.querySelector('p')?.innerHTML).toBe('<strong>Over.</strong> What you have written stays on this device.')
  cleanup()
  render(<p>{rich('app.refused', { reason: nasty })}</p>)
  expect(document.querySelector('p')?.textContent).toBe(`${nasty} What you have written stays on this device.`)
  expect(document.querySelector('b')).toBeNull()
})

it('a component that is kept is made anew when it uses the language', async () => {
  const Kept = memo(function Kept() {
    useLanguage()
    return <p>{t('common.close')}</p>
  })
  render(<Kept />)
  await act(() => chooseLanguage('de'))
  expect(screen.getByText('Schließen')).toBeTruthy()
})

it('the whole screen changes its language at once, and what is being typed stays', async () => {
  const chat = renderFixture({ room: fixtureId('room', 1) })
  const composer = await screen.findByRole('textbox', { name: 'Message' })
  fireEvent.change(composer, { target: { value: 'Half a sentence' } })
  await act(async () => {
    await chat.actions.setSetting(SETTINGS.language, 'de')
  })
  await waitFor(() => expect(document.documentElement.lang).toBe('de'))
  expect(screen.getByRole('region', { name: 'Zustand der App' })).toBeTruthy()
  expect(document.querySelector('textarea')?.value).toBe('Half a sentence')
  expect(composer.isConnected).toBe(true)
})

it('the language is a setting, with that of the browser as the first choice', async () => {
  renderFixture()
  act(() => navigate({ page: 'settings', section: 'appearance' }))
  const group = await screen.findByRole('radiogroup', { name: 'Language' })
  expect([...group.querySelectorAll('.choice-title')].map((title) => title.textContent)).toEqual(['Automatic', 'English', 'Deutsch'])
  fireEvent.click(screen.getByRole('radio', { name: 'Deutsch' }))
  expect(await screen.findByRole('radiogroup', { name: 'Sprache' })).toBeTruthy()
  expect(localStorage.getItem('chatflow.language')).toBe('de')
})

it('who has not signed in yet chooses the language below the form', async () => {
  renderFixture({ phase: 'signed-out' })
  fireEvent.click(screen.getByRole('button', { name: 'Deutsch' }))
  const group = await screen.findByRole('group', { name: 'Sprache' })
  expect(group.querySelector('[aria-pressed="true"]')?.textContent).toBe('Deutsch')
})

it('what was wrong with a form, and why a server refused it, is said anew in the language that is chosen then', async () => {
  renderFixture({ phase: 'signed-out' })
  fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
  const type = (name: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } })
  type('Email', 'ana@example.org')
  type('Username', 'ana')
  type('Display name', 'Ana')
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'short' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
  expect(screen.getByText('A password has at least 10 characters.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Deutsch' }))
  expect(await screen.findByText('Ein Passwort hat mindestens 10 Zeichen.')).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Passwort'), { target: { value: 'ships and tides' } })
  fireEvent.click(screen.getByRole('button', { name: 'Konto erstellen' }))
  expect(await screen.findByText('Dieser Benutzername wird schon benutzt.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'English' }))
  expect(await screen.findByText('This username is already in use.')).toBeTruthy()
})

it('what could not be loaded is told in the language of the moment', async () => {
  renderFixture()
  act(() => navigate({ page: 'settings', section: 'devices' }))
  expect(await screen.findByText('The server cannot be reached.')).toBeTruthy()
  await act(() => chooseLanguage('de'))
  expect(screen.getByText('Der Server ist nicht erreichbar.')).toBeTruthy()
  expect(screen.queryByText('The server cannot be reached.')).toBeNull()
})

it('what is written to an element directly changes its language too: the place in the room, the boxes of the notes', async () => {
  const chat = renderFixture({ room: fixtureId('room', 2) })
  const bar = screen.getByRole('scrollbar', { name: 'Place in the room' })
  expect(bar.getAttribute('aria-valuetext')).toMatch(/^Message [\d,]+ of [\d,]+$/)
  await act(() => chooseLanguage('de'))
  expect(bar.getAttribute('aria-valuetext')).toMatch(/^Nachricht [\d.]+ von [\d.]+$/)
  await act(() => chooseLanguage('en'))
  act(() => {
    chat.actions.openRoom(fixtureId('room', 1))
    navigate({ room: fixtureId('room', 1), panel: 'notes' })
  })
  expect((await screen.findAllByRole('checkbox', { name: 'Done' }, { timeout: 10_000 })).length).toBeGreaterThan(0)
  await act(() => chooseLanguage('de'))
  expect(screen.queryAllByRole('checkbox', { name: 'Done' })).toEqual([])
  expect(screen.getAllByRole('checkbox', { name: 'Erledigt' }).length).toBeGreaterThan(0)
})

it('each key has its words in German, those on the keyboard too', async () => {
  await chooseLanguage('de')
  expect(t(KEYS.nextUnread.does)).toBe('Nächster ungelesener Raum')
})
