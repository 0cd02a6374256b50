// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ME, fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import type { Answer, Refusal, ServerCalls } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'
import { sentence } from '../i18n/sentence.ts'

const refused = (code: Refusal['code'], more: Partial<Refusal> = {}): Refusal => ({ ...refusal(code), ...more })

/** A server that answers each path by the next of its answers, the last one for ever, and remembers what it was asked. */
function server(answers: Record<string, unknown[]>) {
  const asked: { path: string; body: unknown }[] = []
  const call: ServerCalls['call'] = async <T,>(_method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    asked.push({ path, body })
    const list = answers[path] ?? [refused('not_found')]
    const answer = list.length > 1 ? list.shift() : list[0]
    return isRefusal(answer) ? answer : { ok: true, value: answer as T }
  }
  return { call, asked }
}
function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'ok' in answer
}
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

test('a forgotten password is asked about by address, and the answer tells nothing about whose it is', async () => {
  const { call, asked } = server({ '/api/auth/password/forgot': [undefined] })
  renderFixture({ phase: 'signed-out', server: call })
  press('Forgot password?')
  type('Email', 'nobody')
  press('Send link')
  expect(screen.getByText('This is not an email address.')).toBeTruthy()
  type('Email', ' ana@example.org ')
  press('Send link')
  await screen.findByRole('heading', { name: 'Check your mail' })
  expect(screen.getByText(/If there is an account with the address/)).toBeTruthy()
  expect(asked).toEqual([{ path: '/api/auth/password/forgot', body: { email: 'ana@example.org' } }])
  press('Back to sign in')
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy()
})

test('a link for a new password sets it and leaves the address bar; one that has ended offers another', async () => {
  const { call, asked } = server({ '/api/auth/password/reset': [undefined, refused('token_invalid')] })
  renderFixture({ phase: 'signed-out', server: call })
  act(() => navigate({ page: 'reset', section: 'the-token' }))
  type('New password', 'short')
  press('Set password')
  expect(screen.getByText('A password has at least 10 characters.')).toBeTruthy()
  type('New password', 'a good new password')
  press('Set password')
  await screen.findByRole('heading', { name: 'Your password is set' })
  expect(asked).toEqual([{ path: '/api/auth/password/reset', body: { token: 'the-token', password: 'a good new password' } }])
  expect(location.hash).toBe('#/reset')
  press('Sign in')
  expect(screen.getByLabelText('Email or username')).toBeTruthy()

  act(() => navigate({ page: 'reset', section: 'the-token' }))
  type('New password', 'a good new password')
  press('Set password')
  await screen.findByRole('heading', { name: 'This link is no longer valid' })
  press('Ask for a new link')
  expect(screen.getByRole('button', { name: 'Send link' })).toBeTruthy()
})

test('a link for confirming does so once the page is there, waits for the network, and the app knows at once', async () => {
  const me = { ...ME, emailVerified: false }
  const { call, asked } = server({ '/api/auth/email/verify': [refused('offline'), { email: ME.email }], '/api/auth/me': [{ ...me, emailVerified: true }] })
  const chat = renderFixture({ server: call })
  act(() => chat.setState({ user: me }))
  act(() => navigate({ page: 'verify', section: 'the-token' }))
  await screen.findByRole('heading', { name: 'You are offline' })
  expect(asked).toHaveLength(1)
  act(() => void dispatchEvent(new Event('online')))
  await screen.findByRole('heading', { name: 'Your address is confirmed' })
  await waitFor(() => expect(chat.store.getState().user?.emailVerified).toBe(true))
  expect(asked.filter(({ path }) => path.endsWith('verify'))).toEqual([1, 2].map(() => ({ path: '/api/auth/email/verify', body: { token: 'the-token' } })))
  expect(location.hash).toBe('#/verify')
  press('To your rooms')
  expect(screen.getByRole('navigation', { name: 'Rooms' })).toBeTruthy()
})

test('a link that was used before says whether anything is missing', async () => {
  const { call } = server({ '/api/auth/email/verify': [refused('token_invalid')], '/api/auth/me': [ME] })
  const chat = renderFixture({ server: call })
  act(() => navigate({ page: 'verify', section: 'old' }))
  await screen.findByRole('heading', { name: 'This link is no longer valid' })
  expect(screen.getByText('Nothing is missing: ana@example.org is confirmed.')).toBeTruthy()
  act(() => chat.setState({ user: { ...ME, emailVerified: false } }))
  expect(screen.getByText(/works once, for 24 hours/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Mail a new link' })).toBeTruthy()
})

test('who has not confirmed an address is told what does not work, can have the mail again, and sees why', async () => {
  const { call, asked } = server({ '/api/auth/email/resend': [undefined] })
  const chat = renderFixture({ server: call, room: fixtureId('room', 1) })
  expect(screen.queryByText(/Confirm your email address/)).toBeNull()
  act(() => chat.setState({ user: { ...ME, emailVerified: false } }))
  expect(screen.getByText('Confirm your email address to make rooms for everyone and to add people.')).toBeTruthy()
  expect(screen.getByText('We have sent a link to ana@example.org.')).toBeTruthy()
  press('Mail a new link')
  await screen.findByText('Sent. Check your mail.')
  expect(asked).toEqual([{ path: '/api/auth/email/resend', body: {} }])

  press('12 members')
  expect(screen.getByText('Confirm your email address to add people.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Add people' })).toBeNull()
  press('New room')
  const dialog = within(screen.getByRole('dialog', { name: 'New room' }))
  const open = dialog.getByRole<HTMLInputElement>('switch', { name: 'Open to everyone' })
  expect([open.checked, open.disabled]).toEqual([false, true])
  expect(dialog.getByText('Only you can see this room. Confirm your email address to open it to everyone.')).toBeTruthy()
  expect(dialog.getByText('You can add people once you have confirmed your email address.')).toBeTruthy()
  act(() => chat.setState({ user: ME }))
  expect([open.checked, open.disabled]).toEqual([true, false])
  expect(dialog.getByLabelText('People')).toBeTruthy()
})

test('a mail that was asked for too often says when it can be asked for again', async () => {
  const { call } = server({ '/api/auth/email/resend': [refused('rate_limited', { retryAfter: 1_790 })] })
  const chat = renderFixture({ server: call })
  act(() => chat.setState({ user: { ...ME, emailVerified: false } }))
  press('Mail a new link')
  await screen.findByText('Sent often enough. Try again in 30 minutes.')
})

test('the settings change the address and the password, each with the present password, whose refusal stands at its field', async () => {
  const { call, asked } = server({
    '/api/auth/email/change': [refused('wrong_credentials'), undefined],
    '/api/auth/password/change': [refused('password_unchanged', { fields: { next: sentence('errors.password_unchanged') } }), undefined],
  })
  renderFixture({ server: call })
  act(() => navigate({ page: 'settings', section: 'account' }))
  type('New email address', 'new@example.org')
  type('Password', 'not the password')
  press('Change address')
  await screen.findByText('The password is wrong.')
  type('Password', 'the right password')
  press('Change address')
  await screen.findByText('We have sent a link to new@example.org. Your address changes when you open it.')

  type('Current password', 'the right password')
  type('New password', 'the right password')
  press('Change password')
  await screen.findByText('The new password is the one you have.')
  type('New password', 'another good password')
  press('Change password')
  await screen.findByText('Your password is changed. Your other devices have been signed out.')
  expect(asked.at(-1)).toEqual({ path: '/api/auth/password/change', body: { current: 'the right password', next: 'another good password' } })
})

test('a new password is told how hard it is to guess, also one that is pasted', async () => {
  // The dictionaries take their time to load.
  await import('./password-score.ts')
  renderFixture({ phase: 'signed-out' })
  press('Create account')
  // Its place is there before anything is known: the button below is not moved away from under a finger.
  expect(document.querySelectorAll('.strength-step')).toHaveLength(4)
  fireEvent.paste(screen.getByLabelText('Password'), { clipboardData: { getData: () => 'qwertyuiop' } })
  type('Password', 'qwertyuiop')
  await screen.findByText('Very easy to guess')
  type('Password', 'violet otters juggle seventeen lanterns')
  await screen.findByText('Very hard to guess')
  expect(screen.getByLabelText('Password').getAttribute('autocomplete')).toBe('new-password')
}, 30_000)
