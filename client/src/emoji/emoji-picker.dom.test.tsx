// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { chooseLanguage } from '../i18n/language.ts'
import { loadEmoji } from './emoji-store.ts'

const room = fixtureId('room', 6)

beforeAll(() => loadEmoji())

function open() {
  const chat = renderFixture({ room })
  return { chat, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }) }
}

function type(box: HTMLTextAreaElement, text: string) {
  fireEvent.change(box, { target: { value: text } })
  box.setSelectionRange(text.length, text.length)
  fireEvent.select(box)
}

function picker() {
  const dialog = screen.getByRole('dialog', { name: 'Choose an emoji' })
  return { dialog, field: within(dialog).getByRole('combobox', { name: 'Find an emoji' }) }
}

test('an emoji is found by keyword, taken by keyboard, and stands where the caret was', async () => {
  const { box } = open()
  type(box, 'well done!')
  box.setSelectionRange(9, 9)
  fireEvent.click(screen.getByRole('button', { name: 'Emoji' }))
  const { field } = picker()
  fireEvent.change(field, { target: { value: 'celebration' } })
  const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label')
  expect(active()).toBe('partying face')
  fireEvent.keyDown(field, { key: 'ArrowRight' })
  expect(active()).toBe('raising hands')
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(box.value).toBe('well done🙌!')
  await waitFor(() => expect(document.activeElement).toBe(box))
})

test('what was used stands first the next time; the skin tone is remembered and used everywhere', async () => {
  const { chat, box } = open()
  const keep = vi.spyOn(chat.actions, 'setSetting')
  fireEvent.click(screen.getByRole('button', { name: 'Emoji' }))
  const first = picker()
  expect(within(first.dialog).queryByText('Used last')).toBeNull()
  fireEvent.click(within(first.dialog).getByRole('button', { name: 'Skin tone: Neutral' }))
  fireEvent.click(within(first.dialog).getByRole('button', { name: 'Medium' }))
  expect(keep).toHaveBeenCalledWith('skinTone', 3)
  fireEvent.change(first.field, { target: { value: 'wave' } })
  fireEvent.keyDown(first.field, { key: 'Enter' })
  expect(box.value).toBe('👋🏽')
  expect(keep).toHaveBeenCalledWith('recentEmoji', ['👋🏽'])

  type(box, '')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  fireEvent.click(screen.getByRole('button', { name: 'Emoji' }))
  expect(within(picker().dialog).getByText('Used last')).toBeTruthy()
})

test('any emoji is a reaction', () => {
  const { chat, box } = open()
  const react = vi.spyOn(chat.actions, 'react')
  type(box, 'question')
  fireEvent.keyDown(box, { key: 'Enter' })
  fireEvent.pointerEnter(screen.getByRole('article', { name: /question/ }))
  fireEvent.click(screen.getByRole('button', { name: 'React' }))
  const { field } = picker()
  fireEvent.change(field, { target: { value: 'thumbs down' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(react).toHaveBeenCalledWith(room, expect.any(String), '👎', true)
})

test('an emoji is completed after : and two letters, becomes one at its last colon, and when the message is sent', () => {
  const { chat, box } = open()
  const send = vi.spyOn(chat.actions, 'sendMessage')
  type(box, 'so :t')
  expect(screen.queryByRole('listbox')).toBeNull()
  type(box, 'so :tad')
  expect(screen.getByRole('option', { name: /party popper/ })).toBeTruthy()
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(box.value).toBe('so 🎉 ')

  type(box, 'so :tada')
  type(box, 'so :tada:')
  expect(box.value).toBe('so 🎉')

  type(box, 'pasted `:tada:` :tada: text')
  expect(box.value).toBe('pasted `:tada:` :tada: text')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenCalledWith(room, 'pasted `:tada:` 🎉 text', undefined)
})

test('with another language the open picker has its names and words, and what is completed after : too', async () => {
  const { box } = open()
  fireEvent.click(screen.getByRole('button', { name: 'Emoji' }))
  picker()
  await act(() => chooseLanguage('de'))
  await act(() => loadEmoji())
  const field = screen.getByRole('combobox', { name: 'Emoji suchen' })
  expect(screen.getByText('Smileys & Emotionen')).toBeTruthy()
  fireEvent.change(field, { target: { value: 'konfetti' } })
  expect(screen.getByRole('gridcell', { name: 'Konfettibombe' })).toBeTruthy()
  fireEvent.keyDown(field, { key: 'Escape' })
  type(box, 'so :bär')
  expect(screen.getByRole('option', { name: /Bär/ })).toBeTruthy()
  await act(() => chooseLanguage('system'))
  await act(() => loadEmoji())
})
