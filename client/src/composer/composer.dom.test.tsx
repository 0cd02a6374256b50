// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const room = fixtureId('room', 6)

function open() {
  const chat = renderFixture({ room })
  const send = vi.spyOn(chat.actions, 'sendMessage')
  return { chat, send, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }) }
}

function goTo(to: string) {
  act(() => {
    location.hash = `#/rooms/${to}`
    dispatchEvent(new Event('hashchange'))
  })
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
}

function choose(message: RegExp, name: string) {
  fireEvent.pointerEnter(screen.getByRole('article', { name: message }))
  if (name === 'Reply') return fireEvent.click(screen.getByRole('button', { name }))
  fireEvent.click(screen.getByRole('button', { name: 'More actions' }))
  return fireEvent.click(screen.getByRole('menuitem', { name }))
}

const type = (box: HTMLTextAreaElement, text: string) => fireEvent.change(box, { target: { value: text } })

test('Enter sends exactly what was typed, and the composer is empty at once', () => {
  const { send, box } = open()
  type(box, ' two  words \nand a line')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenCalledWith(room, ' two  words \nand a line', undefined)
  expect(box.value).toBe('')
  expect(screen.getByRole('article', { name: /two words and a line/ })).toBeTruthy()
})

test('Shift+Enter, Enter while an input method composes, and Enter on blanks send nothing', () => {
  const { send, box } = open()
  type(box, 'text')
  fireEvent.keyDown(box, { key: 'Enter', shiftKey: true })
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true })
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })
  type(box, '  \n ')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).not.toHaveBeenCalled()
})

test('[R8] a message that cannot be kept comes back, before what has been typed since', async () => {
  const { chat, box } = open()
  chat.failNextSend()
  type(box, 'lost?')
  fireEvent.keyDown(box, { key: 'Enter' })
  type(box, 'next')
  await waitFor(() => expect(box.value).toBe('lost?\nnext'))
  expect(screen.getByText(/could not be kept/)).toBeTruthy()
})

test('[R8] too long a text stays, with a count and a sentence, and is not sent', () => {
  const { send, box } = open()
  type(box, 'x'.repeat(15_990))
  expect(screen.getByText('10 characters left')).toBeTruthy()
  type(box, 'x'.repeat(16_003))
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(screen.getByText(/at most 16,000 characters.*3 too many/)).toBeTruthy()
  expect(box.value).toHaveLength(16_003)
  expect(send).not.toHaveBeenCalled()
})

test('arrow up in the empty composer edits the last own message, Esc brings the draft back', async () => {
  const { chat, box } = open()
  const edit = vi.spyOn(chat.actions, 'editMessage')
  type(box, 'first')
  fireEvent.keyDown(box, { key: 'Enter' })
  fireEvent.keyDown(box, { key: 'ArrowUp' })
  expect(box.value).toBe('first')
  type(box, 'first, better')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(edit).toHaveBeenCalledWith(room, expect.any(String), 'first, better')
  await waitFor(() => expect(box.value).toBe(''))

  type(box, 'a draft')
  fireEvent.pointerEnter(screen.getByRole('article', { name: /first, better/ }))
  fireEvent.click(screen.getByRole('button', { name: 'More actions' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Edit' }))
  expect(box.value).toBe('first, better')
  fireEvent.keyDown(box, { key: 'Escape' })
  expect(box.value).toBe('a draft')
})

test('a reply names its message; Esc leaves only the text', () => {
  const { send, box } = open()
  type(box, 'question')
  fireEvent.keyDown(box, { key: 'Enter' })
  fireEvent.pointerEnter(screen.getByRole('article', { name: /question/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Reply' }))
  type(box, 'answer')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenLastCalledWith(room, 'answer', { replyTo: expect.any(String) as string })

  fireEvent.click(screen.getByRole('button', { name: 'Reply' }))
  type(box, 'plain')
  fireEvent.keyDown(box, { key: 'Escape' })
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenLastCalledWith(room, 'plain', undefined)
})

test('[R8] the draft is kept after a pause, and at once when the composer loses the focus or the room is left', () => {
  vi.useFakeTimers()
  try {
    const { chat, box } = open()
    const keep = vi.spyOn(chat.actions, 'setDraft')
    type(box, 'half')
    expect(keep).not.toHaveBeenCalled()
    act(() => void vi.advanceTimersByTime(1_000))
    expect(keep).toHaveBeenLastCalledWith(room, 'half', undefined)
    type(box, 'half a thought')
    fireEvent.blur(box)
    expect(keep).toHaveBeenLastCalledWith(room, 'half a thought', undefined)
    type(box, 'half a thought more')
    act(() => {
      location.hash = `#/rooms/${fixtureId('room', 3)}`
      dispatchEvent(new Event('hashchange'))
    })
    expect(keep).toHaveBeenLastCalledWith(room, 'half a thought more', undefined)
  } finally {
    vi.useRealTimers()
  }
})

test('[R8] a change of a message that was begun is there again after another room was open, and the draft after it', async () => {
  const { chat, box } = open()
  const given = vi.spyOn(chat.actions, 'setEdit')
  const edit = vi.spyOn(chat.actions, 'editMessage')
  type(box, 'first')
  fireEvent.keyDown(box, { key: 'Enter' })
  type(box, 'a draft')
  choose(/first/, 'Edit')
  type(box, 'first, but bet')
  goTo(fixtureId('room', 3))
  const again = goTo(room)
  expect(again.value).toBe('first, but bet')
  expect(screen.getByText('Editing your message')).toBeTruthy()
  type(again, 'first, but better')
  fireEvent.keyDown(again, { key: 'Enter' })
  expect(edit).toHaveBeenCalledWith(room, expect.any(String), 'first, but better')
  expect(again.value).toBe('a draft')
  await waitFor(() => expect(given).toHaveBeenLastCalledWith(room, undefined))
  goTo(fixtureId('room', 3))
  expect(goTo(room).value).toBe('a draft')
})

test('[R8] what a draft answers is kept with it', () => {
  const { send, box } = open()
  type(box, 'question')
  fireEvent.keyDown(box, { key: 'Enter' })
  choose(/question/, 'Reply')
  type(box, 'half an answer')
  goTo(fixtureId('room', 3))
  const again = goTo(room)
  expect(again.value).toBe('half an answer')
  expect(screen.getByText(/^Answering/)).toBeTruthy()
  fireEvent.keyDown(again, { key: 'Enter' })
  expect(send).toHaveBeenLastCalledWith(room, 'half an answer', { replyTo: expect.any(String) as string })
})

test('[R8] a change that has been typed is not thrown away for a reply to something else', () => {
  const { box } = open()
  type(box, 'first')
  fireEvent.keyDown(box, { key: 'Enter' })
  choose(/first/, 'Edit')
  type(box, 'first, changed')
  choose(/first/, 'Reply')
  expect(box.value).toBe('first, changed')
  expect(screen.getByText(/Save this change first/)).toBeTruthy()
})

test('[R8] an answer that is put aside for a change comes back as an answer', () => {
  const { send, box } = open()
  type(box, 'first')
  fireEvent.keyDown(box, { key: 'Enter' })
  choose(/first/, 'Reply')
  type(box, 'my answer')
  choose(/first/, 'Edit')
  fireEvent.keyDown(box, { key: 'Escape' })
  expect(box.value).toBe('my answer')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenLastCalledWith(room, 'my answer', { replyTo: expect.any(String) as string })
})

test('[R8] a change begun over half an answer: both are there again, one after the other', async () => {
  const { chat, box } = open()
  const edit = vi.spyOn(chat.actions, 'editMessage')
  const keep = vi.spyOn(chat.actions, 'setDraft')
  type(box, 'first')
  fireEvent.keyDown(box, { key: 'Enter' })
  choose(/first/, 'Reply')
  type(box, 'half an answer')
  choose(/first/, 'Edit')
  type(box, 'first, better')
  goTo(fixtureId('room', 3))
  const again = goTo(room)
  expect(again.value).toBe('first, better')
  fireEvent.keyDown(again, { key: 'Enter' })
  await waitFor(() => expect(edit).toHaveBeenCalled())
  expect(again.value).toBe('half an answer')
  expect(screen.getByText(/^Answering/)).toBeTruthy()
  goTo(fixtureId('room', 3))
  expect(keep).toHaveBeenLastCalledWith(room, 'half an answer', expect.any(String))
  goTo(room)
  expect(screen.getByText(/^Answering/)).toBeTruthy()
})

test('[R8] a refused answer that is edited is an answer again, before it is discarded', async () => {
  const { chat, send, box } = open()
  const calls: string[] = []
  vi.spyOn(chat.actions, 'setDraft').mockImplementation((_room, text) => void calls.push(`draft ${text}`))
  vi.spyOn(chat.actions, 'discard').mockImplementation(async () => void calls.push('discard'))
  type(box, 'question')
  fireEvent.keyDown(box, { key: 'Enter' })
  choose(/question/, 'Reply')
  chat.rejectNextSend()
  type(box, 'refused answer')
  fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => screen.getByText(/Not accepted/))
  calls.length = 0
  fireEvent.click(screen.getByRole('button', { name: 'Edit' }))
  expect(box.value).toBe('refused answer')
  expect(calls).toEqual(['draft refused answer', 'discard'])
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenLastCalledWith(room, 'refused answer', { replyTo: expect.any(String) as string })
})

test('a mention is completed with Enter, which then does not send', () => {
  const { chat, send } = open()
  act(() => void chat.actions.addMember(room, fixtureId('user', 3)))
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  type(box, 'hi @chi')
  box.setSelectionRange(7, 7)
  fireEvent.select(box)
  expect(screen.getByRole('option', { name: /Chioma/ })).toBeTruthy()
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(box.value).toBe('hi @chioma ')
  expect(send).not.toHaveBeenCalled()
})

test('a room is completed after #, and is a link in the message', () => {
  const { send, box } = open()
  type(box, 'see #syn')
  box.setSelectionRange(8, 8)
  fireEvent.select(box)
  expect(screen.getByRole('listbox', { name: 'Rooms' })).toBeTruthy()
  fireEvent.keyDown(box, { key: 'Tab' })
  expect(box.value).toBe('see #sync-engine ')
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(send).toHaveBeenCalledWith(room, 'see #sync-engine ', undefined)
  const article = screen.getByRole('article', { name: /see #sync-engine/ })
  expect(within(article).getByRole('link', { name: '#sync-engine' }).getAttribute('href')).toBe(`#/rooms/${fixtureId('room', 2)}`)
})
