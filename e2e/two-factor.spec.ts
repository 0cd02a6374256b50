import type { Page } from '@playwright/test'
import type { Person } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { VirtualAuthenticator } from './harness/virtual-authenticator.ts'
import { appCode } from './support/authenticator-app.ts'

async function openSecurity(page: Page): Promise<void> {
  await page.goto('/#/settings/security')
  await expect(page.getByRole('heading', { name: 'Authenticator app' })).toBeVisible()
}

/** Sets an authenticator app up on the screen; answers its secret and the recovery codes. */
async function enrolApp({ page, password }: Person): Promise<{ secret: string; codes: string[] }> {
  await openSecurity(page)
  await page.getByRole('button', { name: 'Set up app' }).click()
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const scan = page.getByRole('dialog', { name: 'Scan this with your app' })
  const secret = (await scan.locator('code').innerText()).replaceAll(/\s/g, '')
  await scan.getByLabel('Code').fill(appCode(secret))
  await scan.getByRole('button', { name: 'Turn on' }).click()
  const save = page.getByRole('dialog', { name: 'Save your recovery codes' })
  await expect(save.locator('code')).toHaveCount(10)
  const codes = await save.locator('code').allInnerTexts()
  await save.getByRole('button', { name: 'I saved them' }).click()
  await expect(page.getByText('On. Signing in asks for a code of your app.')).toBeVisible()
  return { secret, codes }
}

/** Name and password on another device, as far as the second step. */
async function atSecondStep(page: Page, person: Person): Promise<void> {
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Email or username' }).fill(person.username)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test.describe('a second factor', () => {
  test('by an app is asked for on the next sign-in, and a recovery code stands in for it once', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const { secret, codes } = await enrolApp(ada)

    const context = await browser.newContext({ baseURL: server.url })
    const page = await context.newPage()
    await atSecondStep(page, ada)
    await page.getByLabel('Code').fill('000000')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('This code is wrong or has been used.')).toBeVisible()
    await page.getByLabel('Code').fill(appCode(secret, 1))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeVisible()

    const useRecoveryCode = async (): Promise<Page> => {
      const other = await browser.newContext({ baseURL: server.url })
      const tab = await other.newPage()
      await atSecondStep(tab, ada)
      await tab.getByRole('button', { name: 'Use a recovery code' }).click()
      await tab.getByLabel('Recovery code').fill(codes[0] ?? '')
      await tab.getByRole('button', { name: 'Sign in' }).click()
      return tab
    }
    const first = await useRecoveryCode()
    await expect(first.getByRole('navigation', { name: 'Rooms' })).toBeVisible()
    const second = await useRecoveryCode()
    await expect(second.getByText('This code is wrong or has been used.')).toBeVisible()
    await ada.page.reload()
    await expect(ada.page.getByText('9 codes left.')).toBeVisible()
    for (const one of [context, first.context(), second.context()]) await one.close()
  })

  test('by a passkey signs in alone, and completes the password', async ({ person }) => {
    const ada = await person('ada')
    const { page } = ada
    const device = await VirtualAuthenticator.plugInto(page)
    await openSecurity(page)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
    await dialog.getByLabel('Name of the passkey').fill('Laptop')
    await dialog.getByLabel('Password', { exact: true }).fill(ada.password)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'I saved them' }).click()
    await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toContainText('Laptop')
    expect(await device.count()).toBe(1)

    const signOut = async (): Promise<void> => {
      await page.goto('/#/')
      await page.getByRole('button', { name: /^Your account/ }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
    }
    await signOut()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(ada.rooms).toBeVisible()
    await ada.connected()

    await signOut()
    await atSecondStep(page, ada)
    await expect(page.getByText('Confirm with a passkey that you have added to your account.')).toBeVisible()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(ada.rooms).toBeVisible()

    await signOut()
    await device.refuse()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(page.getByText('No passkey was used. Try again, or go on in another way.')).toBeVisible()
  })
})
