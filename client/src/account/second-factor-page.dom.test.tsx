// @vitest-environment happy-dom
import type { Me } from '@chatflow/shared/api/account'
import { act, fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ME } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import type { Answer } from '../chat/contract.ts'

const MISSING: Me = { ...ME, secondFactorMissing: true }
const CODES = ['aaaaaa-bbbbbb-cccccc-dddddd']

function open({ passkeys = true } = {}) {
  let me = MISSING
  const server = async <T,>(_method: string, path: string): Promise<Answer<T>> => {
    const answer = (value: unknown): Answer<T> => ({ ok: true, value: value as T })
    if (path === '/api/auth/totp') return answer({ secret: 'ABCDEFGH', uri: 'otpauth://totp/ChatFlow:ana?secret=ABCDEFGH' })
    if (path === '/api/auth/totp/confirm') {
      me = ME
      return answer({ recoveryCodes: CODES })
    }
    return answer(path === '/api/auth/me' ? me : undefined)
  }
  return renderFixture({ server, me: MISSING, passkeys })
}
const page = () => screen.queryByRole('heading', { name: 'Set up a second step' })
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }))
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })

test('stands before the chat until an app is set up, and stays until the recovery codes were seen', async () => {
  const chat = open()
  expect(page()).not.toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Set up an app' }))
  const ask = await dialog('Set up an authenticator app')
  type(ask.getByLabelText('Password'), 'long enough now')
  fireEvent.click(ask.getByRole('button', { name: 'Continue' }))
  const scan = await dialog('Scan this with your app')
  type(scan.getByLabelText('Code'), '123456')
  fireEvent.click(scan.getByRole('button', { name: 'Turn on' }))
  const codes = await dialog('Save your recovery codes')
  // A new token may say at any moment that nothing is missing any more.
  act(() => chat.setState({ user: ME }))
  expect(codes.getByText(CODES[0] ?? '')).toBeTruthy()
  fireEvent.click(codes.getByRole('button', { name: 'I saved them' }))
  await screen.findByRole('navigation', { name: 'Rooms' })
  expect(page()).toBeNull()
})

test('offers no passkey where the browser has none', () => {
  open({ passkeys: false })
  expect(page()).not.toBeNull()
  expect(screen.queryByRole('button', { name: 'Add a passkey' })).toBeNull()
})

test('lets those out who do not want to, and asks about what has not been sent', async () => {
  const chat = open()
  act(() => chat.setState({ undelivered: 2 }))
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  await dialog('Sign out and lose what is not sent?')
  expect(chat.store.getState().phase).toBe('ready')
})

test('a set-up that was given up leaves the page as it was', async () => {
  open()
  fireEvent.click(screen.getByRole('button', { name: 'Add a passkey' }))
  fireEvent.click((await dialog('Add a passkey')).getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByRole('heading', { name: 'Set up a second step' })).toBeTruthy()
})
