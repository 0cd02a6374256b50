// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderFixture } from '../app/render-fixture.tsx'

async function afterPassword(): Promise<ReturnType<typeof renderFixture>> {
  const chat = renderFixture({ phase: 'signed-out' })
  fireEvent.change(screen.getByLabelText('Email or username'), { target: { value: 'careful' } })
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'long enough now' } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await screen.findByLabelText('Code')
  return chat
}
const phase = (chat: Awaited<ReturnType<typeof afterPassword>>) => chat.store.getState().phase

test('after the password the code of the app is asked for, in a field that phones fill', async () => {
  const chat = await afterPassword()
  const code = screen.getByLabelText('Code')
  expect([code.getAttribute('autocomplete'), code.getAttribute('inputmode')]).toEqual(['one-time-code', 'numeric'])
  fireEvent.change(code, { target: { value: '000000' } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await screen.findByText('This code is wrong or has been used.')
  expect(phase(chat)).toBe('signed-out')
  fireEvent.change(code, { target: { value: '123456' } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await waitFor(() => expect(phase(chat)).toBe('ready'))
})

test('the other ways are offered, and the name is still there after beginning again', async () => {
  const chat = await afterPassword()
  fireEvent.click(screen.getByRole('button', { name: 'Use a recovery code' }))
  expect(screen.getByLabelText('Recovery code').getAttribute('autocomplete')).toBe('off')
  expect(screen.queryByLabelText('Code')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Begin again' }))
  expect(screen.getByLabelText<HTMLInputElement>('Email or username').value).toBe('careful')
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await screen.findByLabelText('Code')
  fireEvent.click(screen.getByRole('button', { name: 'Use a passkey' }))
  expect(screen.getByText('Confirm with a passkey that you have added to your account.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Use a passkey' }))
  await waitFor(() => expect(phase(chat)).toBe('ready'))
})

test('a passkey signs in by itself', async () => {
  const chat = renderFixture({ phase: 'signed-out' })
  fireEvent.click(screen.getByRole('button', { name: 'Use a passkey' }))
  await waitFor(() => expect(phase(chat)).toBe('ready'))
})

test('where the browser has no passkeys none are offered', () => {
  const chat = renderFixture({ phase: 'signed-out', passkeys: false })
  expect(phase(chat)).toBe('signed-out')
  expect(screen.queryByRole('button', { name: 'Use a passkey' })).toBeNull()
})
