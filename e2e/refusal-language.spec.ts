import { de } from '@chatflow/client/i18n/de/catalog'
import { en } from '@chatflow/client/i18n/en/catalog'
import { expect, test } from './harness/test.ts'
import { uniqueName } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { Account, PASSWORD } from './support/account.ts'

test('in German a refusal is told in German, at its field, and changes with the language; the audit log speaks it too', async ({ browser }) => {
  const server = await TestServer.start()
  const [name, other] = [uniqueName('ada'), uniqueName('bea')]
  // The first account administers.
  const ada = await Account.register(server.url, name)
  const context = await browser.newContext({ baseURL: server.url, locale: 'de' })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: de.account.createAccount }).click()
  await page.getByRole('textbox', { name: de.account.email }).fill(`${other}@example.org`)
  await page.getByRole('textbox', { name: de.account.username }).fill(ada.username)
  await page.getByRole('textbox', { name: de.account.displayName }).fill('Bea')
  await page.getByLabel(de.account.password, { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: de.account.createAccount }).click()
  await expect(page.getByText(de.errors.username_taken)).toBeVisible()
  await expect(page.getByRole('textbox', { name: de.account.username })).toBeFocused()
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByText(en.errors.username_taken)).toBeVisible()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByText(de.errors.username_taken)).toBeVisible()

  await page.getByRole('button', { name: de.account.signIn }).click()
  await page.getByRole('textbox', { name: de.account.emailOrUsername }).fill(ada.username)
  await page.getByLabel(de.account.password, { exact: true }).fill('not the password')
  await page.getByRole('button', { name: de.account.signIn, exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText(de.errors.wrong_credentials)
  await page.getByLabel(de.account.password, { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: de.account.signIn, exact: true }).click()
  await page.getByRole('navigation', { name: de.rooms.rooms }).waitFor()

  await page.evaluate(() => void (location.hash = '#/admin/audit'))
  const row = (words: string) => page.getByRole('row').filter({ hasText: words })
  await expect(row(de.audit.accountSignInFailed).getByText('mit Passwort')).toBeVisible()
  await expect(row(de.audit.accountSignedIn).getByText('mit Passwort')).toBeVisible()
  await expect(row(de.audit.accountRegistered).getByText('Rolle: Admin')).toBeVisible()
  await context.close()
  await server.dispose()
})
