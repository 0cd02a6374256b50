import type { Page } from '@playwright/test'
import { Person, uniqueName } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { expect, test as base } from './harness/test.ts'

/** These tests need to be the first account of their server, and set what holds for all of it. */
const test = base.extend<{ admin: Person }>({
  admin: [
    async ({ browser }, provide) => {
      const server = await TestServer.start()
      const admin = await Person.create(browser, server.url, 'admin')
      await provide(admin)
      expect(admin.faults).toEqual([])
      await admin.close()
      await server.dispose()
    },
    // The start of a server is not on the time of the test.
    { timeout: 60_000 },
  ],
})

async function administer(admin: Person, section: string): Promise<Page> {
  const { page } = admin
  if (!page.url().includes('#/admin')) {
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('button', { name: 'Administration' }).click()
  }
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: section }).click()
  await expect(page.getByRole('heading', { level: 2, name: section })).toBeVisible()
  return page
}

async function makeLink(admin: Person, as: 'Members' | 'Guests', note: string): Promise<string> {
  const page = await administer(admin, 'Invitations')
  await page.getByRole('combobox', { name: 'Joins as' }).click()
  await page.getByRole('option', { name: as }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill(note)
  await page.getByRole('button', { name: 'Make link' }).click()
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue()
  await expect(page.getByRole('row', { name: new RegExp(note) })).toContainText('0 of 1')
  return link
}

async function fillSignUp(page: Page, username: string, displayName: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(`${username}@example.org`)
  await page.getByRole('textbox', { name: 'Username' }).fill(username)
  await page.getByRole('textbox', { name: 'Display name' }).fill(displayName)
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Create account' }).click()
}

test.describe('an administrator', () => {
  test('invites a guest by link, who sees no directory; deactivates her, and the log tells of it', async ({ admin, browser }) => {
    const link = await makeLink(admin, 'Guests', 'for Gina')
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(link)
    await expect(page.getByText(`${admin.displayName} invites you. You join as a guest`)).toBeVisible()
    const username = uniqueName('gina')
    await fillSignUp(page, username, 'Gina Guest')
    await expect(page.getByRole('status').filter({ hasText: 'Connected' })).toHaveCount(1)
    expect(page.url()).not.toContain('invite')
    for (const name of ['Browse rooms', 'New direct message', 'New room']) await expect(page.getByRole('button', { name })).toHaveCount(0)
    await expect(page.getByText('You are a guest here').first()).toBeVisible()
    await page.goto(`${new URL(page.url()).origin}/#/admin`)
    await expect(page.getByText('Your account does not administer this server')).toBeVisible()
    await page.getByRole('button', { name: 'To your rooms' }).click()

    await administer(admin, 'People')
    await admin.page.getByRole('searchbox', { name: 'Search people' }).fill('gina')
    await expect(admin.page.getByRole('row')).toHaveCount(2)
    await admin.page.getByRole('button', { name: 'Actions for Gina Guest' }).click()
    await admin.page.getByRole('menuitem', { name: 'Deactivate' }).click()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await expect(admin.page.getByRole('row', { name: /Gina Guest/ })).toContainText('Deactivated')
    await expect(page.getByText('This account has been deactivated.').first()).toBeVisible({ timeout: 5_000 })

    await administer(admin, 'Audit log')
    const row = admin.page.getByRole('row').filter({ hasText: 'Deactivated an account' })
    await expect(row).toContainText(admin.displayName)
    await expect(row).toContainText('Gina Guest')
    await expect(admin.page.getByRole('row').filter({ hasText: 'Joined by an invitation link' })).toContainText('Gina Guest')
    await row.getByRole('button', { name: 'Gina Guest' }).click()
    await expect(admin.page.getByRole('button', { name: 'To whom: Gina Guest, remove' })).toBeVisible()
    await expect(admin.page.getByRole('row').filter({ hasText: 'Made an invitation link' })).toHaveCount(0)
    await context.close()
  })

  test('closes registration to all but the invited, and makes one of them an administrator', async ({ admin, browser }) => {
    const link = await makeLink(admin, 'Members', 'for Max')
    await administer(admin, 'Registration')
    await admin.page.getByRole('radio', { name: 'People with an invitation' }).check()
    await expect(admin.page.getByText('Saved.')).toBeVisible()

    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(new URL('/', link).href)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByText('A new account needs an invitation here.')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveCount(0)
    await page.goto(`${link}x`)
    await expect(page.getByText('This invitation is not valid, or not any more.')).toBeVisible()
    await page.goto(link)
    await expect(page.getByText('You join as a member.')).toBeVisible()
    await fillSignUp(page, uniqueName('max'), 'Max Member')
    await expect(page.getByRole('button', { name: 'New room' })).toBeVisible()
    await page.goto(link)
    await expect(page.getByText('You are here already')).toBeVisible()

    await administer(admin, 'Invitations')
    await admin.page.reload()
    await expect(admin.page.getByRole('row', { name: /for Max/ })).toContainText('Used up')
    await administer(admin, 'People')
    await admin.page.getByRole('combobox', { name: 'Role of Max Member' }).click()
    await admin.page.getByRole('option', { name: 'Administrator' }).click()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Make administrator' }).click()
    await expect(admin.page.getByRole('combobox', { name: 'Role of Max Member: Administrator' })).toBeVisible()
    await context.close()
  })

  test('archives a room that it is no member of, and reopens it', async ({ admin, browser }) => {
    const max = await Person.create(browser, new URL(admin.page.url()).origin, 'max')
    const room = uniqueName('plans')
    await max.createRoom(room, { open: false })
    await max.say('what we plan')
    await max.delivered('what we plan')
    await administer(admin, 'Rooms')
    await expect(admin.page.getByRole('row', { name: new RegExp(room) })).toContainText('private')
    await admin.page.getByRole('button', { name: `Archive ${room}` }).click()
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
    await expect(max.page.getByText('This room is archived')).toBeVisible()
    await admin.page.getByRole('button', { name: `Reopen ${room}` }).click()
    await max.say('we go on')
    await max.delivered('we go on')
    await max.close()
  })
})
