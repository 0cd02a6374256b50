import type { Page } from '@playwright/test'
import { Person, uniqueName } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { expect, test } from './harness/test.ts'
import { appCode } from './support/authenticator-app.ts'

/** From "Set up app" to the saved recovery codes; answers the secret. */
async function setUpApp(page: Page, password: string, button = 'Set up app'): Promise<string> {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const scan = page.getByRole('dialog', { name: 'Scan this with your app' })
  const secret = (await scan.locator('code').innerText()).replaceAll(/\s/g, '')
  await scan.getByLabel('Code').fill(appCode(secret))
  await scan.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('button', { name: 'I saved them' }).click()
  return secret
}
const question = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' })

test('a change on a device that has not shown the new factor waits until it has, and a form that gives up keeps what was typed', async ({ browser, person, server }) => {
  const ada = await person('ada')
  const phone = await ada.onAnotherDevice(browser, server.url)
  await phone.connected()
  await phone.page.goto('/#/settings/security')
  const secret = await setUpApp(phone.page, ada.password)

  const { page } = ada
  await page.goto('/#/settings/account')
  await page.getByLabel('New email address').fill(`new-${ada.email}`)
  await page.locator('form').filter({ hasText: 'Change address' }).getByLabel('Password', { exact: true }).fill(ada.password)
  await page.getByRole('button', { name: 'Change address' }).click()
  // The password is in the form: only the code is missing.
  await expect(question(page).getByLabel('Code')).toBeVisible()
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Nothing was changed, because you did not confirm that it is you.')).toBeVisible()
  await expect(page.getByLabel('New email address')).toHaveValue(`new-${ada.email}`)

  await page.goto('/#/settings/devices')
  await page.getByRole('button', { name: 'End all others' }).click()
  await page.getByRole('dialog', { name: 'End all other sessions?' }).getByRole('button', { name: 'End' }).click()
  await question(page).getByLabel('Password', { exact: true }).fill('not this one')
  await question(page).getByRole('button', { name: 'Confirm' }).click()
  await expect(question(page).getByText('The password is wrong.')).toBeVisible()
  await question(page).getByLabel('Password', { exact: true }).fill(ada.password)
  await question(page).getByRole('button', { name: 'Confirm' }).click()
  await question(page).getByLabel('Code').fill(appCode(secret, 1))
  await question(page).getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('list', { name: 'Devices' }).getByRole('listitem')).toHaveCount(1)
  await expect(phone.page.getByText('Your session has ended.')).toBeVisible()

  // For the next minutes nothing is asked again, and the cookie of after is good.
  await page.reload()
  await page.goto('/#/settings/account')
  await page.getByLabel('New email address').fill(`new-${ada.email}`)
  await page.locator('form').filter({ hasText: 'Change address' }).getByLabel('Password', { exact: true }).fill(ada.password)
  await page.getByRole('button', { name: 'Change address' }).click()
  await expect(page.getByText(`We have sent a link to new-${ada.email}.`)).toBeVisible()
  await phone.close()
})

test('who must have a second step sets it up before the chat, and finds everything where it was', async ({ browser }) => {
  const server = await TestServer.start()
  const admin = await Person.create(browser, server.url, 'admin')
  const ben = await Person.create(browser, server.url, 'ben')
  const room = uniqueName('quay')
  await ben.createRoom(room)
  await ben.say('before')
  await ben.delivered('before')
  await ben.composer.fill('half a thought')

  await admin.page.goto('/#/admin/registration')
  // It is refused, and stands where it stood before one can look.
  await admin.page.getByRole('radio', { name: 'Everyone' }).click()
  await expect(admin.page.getByText('Set up a second step of your own first')).toBeVisible()
  await expect(admin.page.getByRole('radio', { name: 'Everyone' })).not.toBeChecked()
  await admin.page.goto('/#/settings/security')
  await setUpApp(admin.page, admin.password)
  await expect(admin.page.getByRole('button', { name: 'End all other sessions' })).toBeVisible()
  await admin.page.goto('/#/admin/registration')
  await admin.page.getByRole('radio', { name: 'Everyone' }).check()
  await expect(admin.page.getByText('Saved.')).toBeVisible()

  // Within seconds, also for who is connected.
  await expect(ben.page.getByRole('heading', { name: 'Set up a second step' })).toBeVisible()
  await ben.page.reload()
  await expect(ben.page.getByRole('heading', { name: 'Set up a second step' })).toBeVisible()
  await setUpApp(ben.page, ben.password, 'Set up an app')
  await expect(ben.rooms).toBeVisible()
  await ben.connected()
  await expect(ben.message('before')).toBeVisible()
  await expect(ben.composer).toHaveValue('half a thought')
  await ben.say('after')
  await ben.delivered('after')

  // The last one stays.
  await ben.page.goto('/#/settings/security')
  await ben.page.getByRole('button', { name: 'Remove app' }).click()
  await ben.page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(ben.password)
  await ben.page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(ben.page.getByText('A second step is required here, so the last one stays.')).toBeVisible()
  expect([...admin.faults, ...ben.faults]).toEqual([])
  for (const one of [admin, ben]) await one.close()
  await server.dispose()
})

test('an administrator signs everybody out but themselves', async ({ browser }) => {
  const server = await TestServer.start()
  const admin = await Person.create(browser, server.url, 'admin')
  const ben = await Person.create(browser, server.url, 'ben')
  await admin.page.goto('/#/admin/people')
  await admin.page.getByRole('button', { name: 'End all sessions' }).click()
  await admin.page.getByRole('dialog', { name: 'End everybody’s sessions?' }).getByRole('button', { name: 'End all sessions' }).click()
  await expect(admin.page.getByText('1 session ended.')).toBeVisible()
  await expect(ben.page.getByText('Your session has ended.')).toBeVisible()
  await admin.page.reload()
  await expect(admin.page.getByRole('heading', { level: 2, name: 'People' })).toBeVisible()
  await admin.page.goto('/#/')
  await admin.connected()
  for (const one of [admin, ben]) await one.close()
  await server.dispose()
})
