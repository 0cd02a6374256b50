// @vitest-environment happy-dom
import type { SecondFactors } from '@chatflow/shared/api/second-factor'
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ME } from '../../../app/fixture/people.ts'
import { renderFixture } from '../../../app/render-fixture.tsx'
import { navigate } from '../../../app/use-route.ts'
import type { Answer } from '../../../chat/contract.ts'
import { refusal } from '../../../chat/refusal-words.ts'

const PASSWORD = 'long enough now'
const CODES = ['aaaaaa-bbbbbb-cccccc-dddddd', '000000-111111-222222-333333']

/** Settings, section Security, before a server that has these factors and takes this password. */
function open(factors: SecondFactors, me = ME) {
  const calls: string[] = []
  const server = async <T,>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    calls.push(`${method} ${path}`)
    const answer = (value: unknown): Answer<T> => ({ ok: true, value: value as T })
    const no = (code: 'wrong_credentials' | 'second_factor_wrong'): Answer<T> => refusal(code)
    const { password, code } = (body ?? {}) as { password?: string; code?: string }
    if (password !== undefined && password !== PASSWORD) return no('wrong_credentials')
    if (path === '/api/auth/totp') return answer({ secret: 'ABCDEFGHABCDEFGH', uri: 'otpauth://totp/ChatFlow:ana?secret=ABCDEFGHABCDEFGH' })
    if (path === '/api/auth/totp/confirm') {
      if (code !== '123456') return no('second_factor_wrong')
      factors = { ...factors, totp: true, recoveryCodes: 10 }
      return answer({ recoveryCodes: CODES })
    }
    if (path.endsWith('/remove')) factors = { ...factors, passkeys: [] }
    if (method === 'PATCH') factors = { ...factors, passkeys: factors.passkeys.map((key) => ({ ...key, name: (body as { name: string }).name })) }
    return answer(path === '/api/auth/second-factors' ? factors : undefined)
  }
  renderFixture({ server, me })
  act(() => navigate({ page: 'settings', section: 'security' }))
  return calls
}

const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }))
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })

test('an authenticator app is set up with the password, a picture or a key, its first code, and codes that are saved', async () => {
  open({ totp: false, passkeys: [], recoveryCodes: 0 })
  expect(await screen.findByText(/^Off\./)).toBeTruthy()
  expect(screen.queryByRole('heading', { name: 'Recovery codes' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Set up app' }))
  const ask = await dialog('Set up an authenticator app')
  type(ask.getByLabelText('Password'), 'wrong')
  fireEvent.click(ask.getByRole('button', { name: 'Continue' }))
  await ask.findByText('The name or the password is wrong.')
  type(ask.getByLabelText('Password'), PASSWORD)
  fireEvent.click(ask.getByRole('button', { name: 'Continue' }))
  const scan = await dialog('Scan this with your app')
  expect(scan.getByRole('img', { name: 'Picture for your authenticator app' }).querySelector('path')?.getAttribute('d')?.length).toBeGreaterThan(1_000)
  expect(scan.getByText('ABCD EFGH ABCD EFGH')).toBeTruthy()
  type(scan.getByLabelText('Code'), '000000')
  fireEvent.click(scan.getByRole('button', { name: 'Turn on' }))
  await scan.findByText('This code is wrong or has been used.')
  type(scan.getByLabelText('Code'), '123456')
  fireEvent.click(scan.getByRole('button', { name: 'Turn on' }))
  const save = await dialog('Save your recovery codes')
  for (const code of CODES) expect(save.getByText(code)).toBeTruthy()
  fireEvent.keyDown(save.getByText(CODES[0] ?? ''), { key: 'Escape' })
  fireEvent.click(save.getByRole('button', { name: 'I saved them' }))
  expect(await screen.findByText(/^On\./)).toBeTruthy()
  expect(screen.getByText('10 codes left. New ones make the old ones void.')).toBeTruthy()
})

test('passkeys are renamed, and removed with the password', async () => {
  const calls = open({ totp: false, passkeys: [{ id: 'p1', name: 'Laptop', createdAt: 0, synced: true }], recoveryCodes: 10 })
  fireEvent.click(await screen.findByRole('button', { name: 'Rename Laptop' }))
  const rename = await dialog('Rename passkey')
  type(rename.getByLabelText('Name of the passkey'), ' Desk ')
  fireEvent.click(rename.getByRole('button', { name: 'Save' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Remove Desk' }))
  const remove = await dialog('Remove “Desk”?')
  type(remove.getByLabelText('Password'), PASSWORD)
  fireEvent.click(remove.getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Passkeys' })).toBeNull())
  expect(calls).toContain('POST /api/auth/passkeys/p1/remove')
})

test('after a change the other sessions are offered to be ended, not before and not for a mere name', async () => {
  const key = (id: string, name: string) => ({ id, name, createdAt: 0, synced: false })
  const calls = open({ totp: true, passkeys: [key('p1', 'Laptop')], recoveryCodes: 10 })
  const offer = () => screen.queryByRole('button', { name: 'End all other sessions' })
  fireEvent.click(await screen.findByRole('button', { name: 'Rename Laptop' }))
  const rename = await dialog('Rename passkey')
  type(rename.getByLabelText('Name of the passkey'), 'Desk')
  fireEvent.click(rename.getByRole('button', { name: 'Save' }))
  await screen.findByRole('button', { name: 'Remove Desk' })
  expect(offer()).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Remove Desk' }))
  const remove = await dialog('Remove “Desk”?')
  type(remove.getByLabelText('Password'), PASSWORD)
  fireEvent.click(remove.getByRole('button', { name: 'Remove' }))
  fireEvent.click(await screen.findByRole('button', { name: 'End all other sessions' }))
  await screen.findByText('All other sessions have ended.')
  expect(calls).toContain('DELETE /api/auth/sessions')
  expect(offer()).toBeNull()
})

test('administrators without a second step are told so, and nobody else', async () => {
  const hint = /You look after everybody’s accounts/
  open({ totp: false, passkeys: [], recoveryCodes: 0 }, { ...ME, role: 'admin' })
  expect(await screen.findByText(hint)).toBeTruthy()
  cleanup()
  open({ totp: true, passkeys: [], recoveryCodes: 10 }, { ...ME, role: 'admin' })
  await screen.findByText(/^On\./)
  expect(screen.queryByText(hint)).toBeNull()
  cleanup()
  open({ totp: false, passkeys: [], recoveryCodes: 0 })
  await screen.findByText(/^Off\./)
  expect(screen.queryByText(hint)).toBeNull()
})

test('without a network the section says so and offers to try again', async () => {
  renderFixture()
  act(() => navigate({ page: 'settings', section: 'security' }))
  expect(await screen.findByText('The server cannot be reached.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})

test('what was set up elsewhere is there when one comes back to the page', async () => {
  const factors: SecondFactors = { totp: false, passkeys: [], recoveryCodes: 0 }
  open(factors)
  await screen.findByRole('button', { name: 'Set up app' })
  expect(screen.queryByText(/Work laptop/)).toBeNull()
  factors.passkeys.push({ id: 'k', name: 'Work laptop', createdAt: 0, synced: true })
  act(() => void window.dispatchEvent(new Event('focus')))
  expect(await screen.findByText(/Work laptop/)).toBeTruthy()
})
