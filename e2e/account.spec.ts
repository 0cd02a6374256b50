import type { Page } from '@playwright/test'
import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

async function fillSignUp(page: Page, form: { email: string; username: string; password: string }): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('textbox', { name: 'Email' }).fill(form.email)
  await page.getByRole('textbox', { name: 'Username' }).fill(form.username)
  await page.getByRole('textbox', { name: 'Display name' }).fill('Someone')
  await page.getByLabel('Password', { exact: true }).fill(form.password)
  await page.getByRole('button', { name: 'Create account' }).click()
}

test.describe('an account', () => {
  test('says what is wrong with each field, and keeps what was typed', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const context = await browser.newContext({ baseURL: server.url })
    const page = await context.newPage()
    const username = uniqueName('new')

    await fillSignUp(page, { email: `${username}@example.org`, username, password: 'short' })
    await expect(page.getByText(/at least 10 characters/)).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill('password123')
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByText(/common passwords/)).toBeVisible()

    await fillSignUp(page, { email: `${username}@example.org`, username: ada.username, password: ada.password })
    await expect(page.getByText(/username is already in use/i)).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(`${username}@example.org`)
    await context.close()
  })

  test('is opened by its name and password only', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const context = await browser.newContext({ baseURL: server.url })
    const page = await context.newPage()
    await page.goto('/')
    await page.getByRole('textbox', { name: 'Email or username' }).fill(ada.username)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText(/name or the password is wrong/)).toBeVisible()
    await page.getByRole('textbox', { name: 'Email or username' }).fill(`${ada.username}@example.org`)
    await page.getByLabel('Password', { exact: true }).fill(ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeVisible()
    await context.close()
  })

  test('signs out with nothing left on the device, and asks first about what was not sent', async ({ person }) => {
    const ada = await person('ada')
    await ada.createRoom(uniqueName('farewell'))
    await ada.say('sent')
    await ada.delivered('sent')
    await ada.goOffline()
    await ada.say('not sent')
    await ada.page.getByRole('button', { name: /^Your account/ }).click()
    await ada.page.getByRole('button', { name: 'Sign out' }).click()
    const dialog = ada.page.getByRole('dialog')
    await expect(dialog).toContainText(/not (been )?sent|undelivered|1 message/i)
    await dialog.getByRole('button', { name: /cancel|stay|keep/i }).click()
    await ada.goOnline()
    await ada.delivered('not sent')

    await ada.page.getByRole('button', { name: /^Your account/ }).click()
    await ada.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(ada.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    const left = (): Promise<number> => ada.page.evaluate(async () => (await indexedDB.databases()).length)
    await expect.poll(left).toBe(0)
  })

  test('shows the same rooms, drafts and messages on a second device', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const room = uniqueName('both')
    await ada.createRoom(room)
    await ada.say('from the first device')
    await ada.delivered('from the first device')
    const phone = await ada.onAnotherDevice(browser, server.url)
    await phone.openRoom(room)
    await expect(phone.message('from the first device')).toBeVisible()
    await phone.say('from the second device')
    await expect(ada.message('from the second device')).toBeVisible()
    await phone.close()
  })
})
