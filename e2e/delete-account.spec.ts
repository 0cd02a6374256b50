import type { Page } from '@playwright/test'
import { uniqueName, type Person } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

/** What this browser still keeps: databases, caches of the server's data, small values. */
function leftBehind(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    // The language is the device's, as the theme is: the page without anybody is shown in it.
    ...(await caches.keys()).filter((name) => name.startsWith('chatflow') && name !== 'chatflow-language'),
    ...Object.keys(localStorage).filter((key) => key !== 'chatflow.theme' && !key.startsWith('cf-')),
  ])
}

async function deleteAccount(person: Person, choice: RegExp, page = person.page): Promise<void> {
  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Data' }).click()
  await page.getByRole('button', { name: 'Delete account' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
  await dialog.getByRole('radio', { name: choice }).check()
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(dialog.getByText(`Type ${person.username} to confirm.`)).toBeVisible()
  await dialog.getByRole('textbox', { name: /to confirm/ }).fill(person.username)
  await dialog.getByLabel('Password', { exact: true }).fill('not my password')
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(dialog.getByText('This is not your password.')).toBeVisible()
  await dialog.getByLabel('Password', { exact: true }).fill(person.password)
  await dialog.getByRole('button', { name: 'Delete account' }).click()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
}

test.describe('a deleted account', () => {
  for (const [choice, messages] of [['keep', /Keep my messages/], ['remove', /Delete my messages too/]] as const) {
    test(`leaves messages as chosen: ${choice}`, async ({ browser, server, person }) => {
      // Not the first account of the server: the last administrator has to stay.
      await person('root')
      const ada = await person('ada')
      const ben = await person('ben')
      const room = uniqueName('parting')
      await ada.createRoom(room)
      await ada.say('words of ada')
      await ada.delivered('words of ada')
      await ben.joinRoom(room)
      await ben.say('words of ben')
      await expect(ada.message('words of ben')).toBeVisible()
      const phone = await ada.onAnotherDevice(browser, server.url)
      await phone.connected()
      const second = await ada.newTab()
      await expect(second.getByRole('navigation', { name: 'Rooms' })).toBeVisible()

      await deleteAccount(ada, messages)
      await expect(second.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
      await expect.poll(() => leftBehind(second)).toEqual([])

      await expect(ben.page.getByRole('log').getByText(ada.displayName)).toHaveCount(0)
      if (choice === 'keep') await expect(ben.message('words of ada')).toContainText('Deleted user')
      else {
        await expect(ben.message('words of ada')).toHaveCount(0)
        await expect(ben.log.getByText('Message deleted')).toBeVisible()
      }
      await expect(ben.message('words of ben')).toBeVisible()
      // The room has an owner again: who may be alone in it is one.
      await ben.page.getByRole('button', { name: /^1 member/ }).click()
      await expect(ben.page.getByText(`@${ben.username} · owner`)).toBeVisible()

      // The other device is out within the beat, and the name cannot sign in any more.
      await expect(phone.page.getByText(/session has ended|sign in again/i).first()).toBeVisible()
      await phone.close()
      await ada.page.getByRole('textbox', { name: 'Email or username' }).fill(ada.username)
      await ada.page.getByLabel('Password', { exact: true }).fill(ada.password)
      await ada.page.getByRole('button', { name: 'Sign in' }).click()
      await expect(ada.page.getByText(/name or the password is wrong/)).toBeVisible()
    })
  }

  test('signing out leaves nothing on the device, in no tab', async ({ person }) => {
    const ada = await person('ada')
    await ada.createRoom(uniqueName('farewell'))
    await ada.say('sent')
    await ada.delivered('sent')
    const second = await ada.newTab()
    await expect(second.getByRole('navigation', { name: 'Rooms' })).toBeVisible()
    await second.getByRole('link', { name: /farewell/ }).click()
    await expect(second.getByRole('log')).toContainText('sent')
    await ada.page.getByRole('button', { name: /^Your account/ }).click()
    await ada.page.getByRole('button', { name: 'Sign out' }).click()
    await expect(second.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(ada.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await expect.poll(() => leftBehind(second)).toEqual([])
    // It stays so: what a tab does late writes nothing back.
    await second.reload()
    await expect(second.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    expect(await leftBehind(ada.page)).toEqual([])
  })
})
