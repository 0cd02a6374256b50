// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ME } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import type { Answer } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'

const server = async <T,>(_method: string, path: string): Promise<Answer<T>> =>
  path === '/api/auth/second-factors' ? { ok: true, value: { totp: true, passkeys: [{ id: '1', name: 'Key', createdAt: 0, synced: false }], recoveryCodes: 3 } as T } : refusal('not_found')
const dialog = async () => within(await screen.findByRole('dialog', { name: 'Confirm that it is you' }))
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })

test('asks for the password, says what is wrong with it, and goes away when it is right', async () => {
  const chat = renderFixture({ server })
  expect(screen.queryByRole('dialog')).toBeNull()
  act(() => chat.setState({ confirmation: {} }))
  const ask = await dialog()
  fireEvent.click(ask.getByRole('button', { name: 'Confirm' }))
  expect(await ask.findByText('Enter your password.')).toBeTruthy()
  type(ask.getByLabelText('Password'), 'wrong')
  fireEvent.click(ask.getByRole('button', { name: 'Confirm' }))
  expect(await ask.findByText('The password is wrong.')).toBeTruthy()
  type(ask.getByLabelText('Password'), 'long enough now')
  fireEvent.click(ask.getByRole('button', { name: 'Confirm' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('asks for the second step where the account has one, and can be given up', async () => {
  const chat = renderFixture({ server, me: { ...ME, username: 'careful' } })
  act(() => chat.setState({ confirmation: {} }))
  const ask = await dialog()
  type(ask.getByLabelText('Password'), 'long enough now')
  fireEvent.click(ask.getByRole('button', { name: 'Confirm' }))
  type(await ask.findByLabelText('Code'), '000000')
  fireEvent.click(ask.getByRole('button', { name: 'Confirm' }))
  expect(await ask.findByText('This code is wrong or has been used.')).toBeTruthy()
  fireEvent.click(ask.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(chat.store.getState().confirmation).toBeUndefined()
})

test('begins with the second step where the password was right already', async () => {
  const chat = renderFixture({ server })
  act(() => chat.setState({ confirmation: { challenge: { ticket: 'ticket', methods: ['totp'] } } }))
  const ask = await dialog()
  expect(ask.queryByLabelText('Password')).toBeNull()
  type(ask.getByLabelText('Code'), '123456')
  fireEvent.click(ask.getByRole('button', { name: 'Confirm' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('offers a passkey to who has one, and not where the browser has none', async () => {
  const chat = renderFixture({ server })
  act(() => chat.setState({ confirmation: {} }))
  const ask = await dialog()
  fireEvent.click(await ask.findByRole('button', { name: 'Use a passkey' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  act(() => chat.setState({ confirmation: {}, passkeys: false }))
  expect((await dialog()).queryByRole('button', { name: 'Use a passkey' })).toBeNull()
})
