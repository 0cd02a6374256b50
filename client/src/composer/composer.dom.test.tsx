// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const room = fixtureId('room', 6)

function open() {
  const chat = renderFixture({ room })
  const send = vi.spyOn(chat.actions, 'sendMessage')
  return { chat, send, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }) }
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
  expect(screen.getByText(/at most 16 000 characters.*3 too many/)).toBeTruthy()
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
    expect(keep).toHaveBeenLastCalledWith(room, 'half')
    type(box, 'half a thought')
    fireEvent.blur(box)
    expect(keep).toHaveBeenLastCalledWith(room, 'half a thought')
    type(box, 'half a thought more')
    act(() => {
      location.hash = `#/rooms/${fixtureId('room', 3)}`
      dispatchEvent(new Event('hashchange'))
    })
    expect(keep).toHaveBeenLastCalledWith(room, 'half a thought more')
  } finally {
    vi.useRealTimers()
  }
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
