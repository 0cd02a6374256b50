import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fixtureId } from '../../app/fixture/people.ts'
import { fixtureRooms } from '../../app/fixture/rooms.ts'
import { renderFixture } from '../../app/render-fixture.tsx'

const room = fixtureId('room', 6)

async function open() {
  const chat = renderFixture({ room, rooms: fixtureRooms().filter(({ view }) => view.id === room), deliverAfter: 100_000 })
  const box = await screen.findByRole('textbox', { name: 'Message' })
  const enter = async (text: string): Promise<void> => {
    fireEvent.change(box, { target: { value: text } })
    ;(box as HTMLTextAreaElement).setSelectionRange(text.length, text.length)
    fireEvent.select(box)
    fireEvent.keyDown(box, { key: 'Enter' })
    await act(async () => undefined)
  }
  const sent = (): string[] => chat.store.getState().timeline?.pending.map((message) => message.text) ?? []
  return { chat, box, enter, sent }
}

it('commands are done and not sent; /me and /shrug are messages', async () => {
  const { chat, box, enter, sent } = await open()
  await enter('/topic One paper a week')
  expect(chat.store.getState().rooms[0]?.topic).toBe('One paper a week')
  await enter('/status 🌴 On holiday')
  expect(chat.store.getState().status).toEqual({ emoji: '🌴', text: 'On holiday' })
  await enter('/mute')
  expect(chat.store.getState().rooms[0]?.muted).toBe(true)
  await enter('/invite @bo')
  await waitFor(() => expect(chat.store.getState().timeline?.members.map((member) => member.username)).toContain('bo'))
  expect(sent()).toEqual([])
  await enter('/me waves')
  await enter('/shrug who knows')
  await enter('//me is a command')
  expect(sent()).toEqual(['/me waves', 'who knows ¯\\_(ツ)_/¯', '/me is a command'])
  expect(screen.getByRole('article', { name: /\* Ana Ribeiro waves/ })).toBeTruthy()
  expect(box).toHaveProperty('value', '')
})

it('what is no command is said, and the text stays', async () => {
  const { box, enter, sent } = await open()
  await enter('/foo bar')
  expect(screen.getByText(/There is no command \/foo/)).toBeTruthy()
  expect(box).toHaveProperty('value', '/foo bar')
  await enter('/invite @nobody.at.all')
  expect(await screen.findByText('Nobody here is called @nobody.at.all.')).toBeTruthy()
  expect(box).toHaveProperty('value', '/invite @nobody.at.all')
  expect(sent()).toEqual([])
})

it('commands are completed at the beginning of the text, and listed by /help', async () => {
  const { box, enter } = await open()
  fireEvent.change(box, { target: { value: '/st', selectionStart: 3, selectionEnd: 3 } })
  ;(box as HTMLTextAreaElement).setSelectionRange(3, 3)
  fireEvent.select(box)
  expect(await screen.findByRole('option', { name: /\/status/ })).toBeTruthy()
  fireEvent.keyDown(box, { key: 'Tab' })
  expect(box).toHaveProperty('value', '/status ')
  await enter('/help')
  expect(await screen.findByRole('dialog', { name: 'Commands' })).toBeTruthy()
})
