import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { ME } from '../../app/fixture/people.ts'
import { navigate } from '../../app/use-route.ts'
import { renderFixture } from '../../app/render-fixture.tsx'

const open = async (section: string): Promise<void> => {
  navigate({ page: 'settings', section })
  await screen.findByRole('navigation', { name: 'Settings' })
}

it('names are saved when they have changed, and wrong ones are said at their field', async () => {
  const chat = renderFixture()
  await open('profile')
  const save = await screen.findByRole('button', { name: 'Save names' })
  expect(save).toHaveProperty('disabled', true)
  fireEvent.change(screen.getByRole('textbox', { name: 'Display name' }), { target: { value: ' ' } })
  fireEvent.click(save)
  expect(await screen.findByText('A display name has 1 to 64 characters.')).toBeTruthy()
  fireEvent.change(screen.getByRole('textbox', { name: 'Display name' }), { target: { value: 'Ana R.' } })
  fireEvent.click(save)
  expect(await screen.findByText('Saved.')).toBeTruthy()
  expect(chat.store.getState().user?.displayName).toBe('Ana R.')
})

it('a picture wants a confirmed address, which is said at the button', async () => {
  const chat = renderFixture()
  await open('profile')
  expect(await screen.findByRole('button', { name: 'Choose picture' })).toHaveProperty('disabled', false)
  act(() => chat.setState({ user: { ...ME, emailVerified: false } }))
  const button = screen.getByRole('button', { name: 'Choose picture' })
  expect(button).toHaveProperty('disabled', true)
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain('Confirm your email address')
  // Nor is one taken that is dropped or pasted.
  fireEvent.change(screen.getByLabelText('Picture file'), { target: { files: [new File(['x'], 'x.png', { type: 'image/png' })] } })
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('preferences take effect at once', async () => {
  const chat = renderFixture()
  await open('appearance')
  fireEvent.click(await screen.findByRole('radio', { name: /Compact/ }))
  expect(document.documentElement.dataset['density']).toBe('compact')
  await open('notifications')
  fireEvent.click(await screen.findByRole('radio', { name: /Mentions only/ }))
  expect(chat.store.getState().preferences).toMatchObject({ density: 'compact', notify: 'none' })
})

it('an account is deleted only with its username typed, and a wrong password is said where it was typed', async () => {
  const chat = renderFixture()
  await open('data')
  fireEvent.click(await screen.findByRole('button', { name: 'Delete account' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete your account?' }))
  const type = (confirmation: string, password: string): void => {
    fireEvent.change(dialog.getByRole('textbox', { name: /to confirm/ }), { target: { value: confirmation } })
    fireEvent.change(dialog.getByLabelText('Password'), { target: { value: password } })
    fireEvent.click(dialog.getByRole('button', { name: 'Delete account' }))
  }
  type('somebody', 'a password')
  expect(await dialog.findByText('Type ana to confirm.')).toBeTruthy()
  type('ana', 'wrong password')
  expect(await dialog.findByText('This is not your password.')).toBeTruthy()
  expect(chat.store.getState().phase).toBe('ready')
  type('ANA', 'the right one')
  await waitFor(() => expect(chat.store.getState().phase).toBe('signed-out'))
})

it('a download that is refused says why', async () => {
  renderFixture()
  await open('data')
  fireEvent.click(await screen.findByRole('button', { name: 'Download' }))
  expect((await screen.findByRole('alert')).textContent).toBe('The server cannot be reached.')
})
