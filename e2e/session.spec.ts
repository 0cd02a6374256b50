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
