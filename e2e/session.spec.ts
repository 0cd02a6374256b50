import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

test('[R8] a session that has ended stops nobody from writing, and signing in again sends it', async ({ person, server }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('lighthouse')
  await ada.createRoom(room)
  await ben.joinRoom(room)
  await ada.say('before')
  await ada.delivered('before')
  await ada.composer.fill('half a thought')

  // From elsewhere, with the session's own cookie.
  const cookies = (await ada.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await fetch(`${server.url}/api/auth/logout`, { method: 'POST', headers: { cookie: cookies, 'content-type': 'application/json' }, body: '{}' })
  await expect(ada.page.getByText('Your session has ended.')).toBeVisible()
  await expect(ada.composer).toHaveValue('half a thought')
  await ada.say('written without a session')
  // Also after the page was closed: what is here opens by itself.
  await ada.reopenTab()
  await expect(ada.message('before')).toBeVisible()
  await expect(ada.message('written without a session')).toBeVisible()
  await expect(ben.message('written without a session')).toHaveCount(0)

  await ada.page.getByRole('button', { name: 'Sign in again' }).click()
  await ada.signIn()
  await ada.connected()
  await ada.delivered('written without a session')
  await expect(ben.message('written without a session')).toBeVisible()
  await expect(ada.page.getByText('Your session has ended.')).toHaveCount(0)
})

test('[R8] somebody else who signs in and out on the same browser takes nothing of what was not sent with them', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('counter')
  await ada.createRoom(room)
  await ada.say('before')
  await ada.delivered('before')
  // Her session ends on the server; what she goes on to write waits on this browser.
  await ada.page.evaluate(() => fetch('/api/auth/logout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
  await expect(ada.page.getByText('Your session has ended.')).toBeVisible()
  await ada.say('written at the counter')

  const signInHere = async (username: string): Promise<void> => {
    await ada.page.getByRole('textbox', { name: 'Email or username' }).fill(username)
    await ada.page.getByLabel('Password', { exact: true }).fill(ada.password)
    await ada.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  await ada.page.getByRole('button', { name: 'Sign in again' }).click()
  await signInHere(ben.username)
  await ada.connected()
  await expect(ada.rooms.getByRole('link', { name: room })).toHaveCount(0)
  await ada.page.getByRole('button', { name: /^Your account/ }).click()
  await ada.page.getByRole('button', { name: 'Sign out' }).click()

  await signInHere(ada.username)
  await ada.connected()
  await ada.openRoom(room)
  await ada.delivered('written at the counter')
})
