import { readFileSync } from 'node:fs'
import { type Locator, type Page } from '@playwright/test'
import { uniqueName, type Person } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { plainPicture } from './support/picture.ts'

async function openSettings(person: Person, section: 'Profile' | 'Notifications' | 'Appearance' | 'Data'): Promise<void> {
  await person.page.getByRole('button', { name: /^Your account/ }).click()
  await person.page.getByRole('button', { name: 'Settings' }).click()
  await person.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: section }).click()
}

async function backToChat(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Back to the chat' }).click()
  await expect(person.rooms).toBeVisible()
}

/** The picture beside a message, once it is there and drawn: the colour of its middle. */
async function colourOf(picture: Locator): Promise<number[]> {
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(256)
  return picture.evaluate((image: HTMLImageElement) => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    const context = canvas.getContext('2d')
    context?.drawImage(image, 128, 128, 1, 1, 0, 0, 1, 1)
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3)
  })
}

async function choosePicture(page: Page, colour: readonly [number, number, number]): Promise<void> {
  await page.getByLabel('Picture file').setInputFiles(plainPicture('me.png', colour))
  const dialog = page.getByRole('dialog', { name: 'Your picture' })
  await dialog.getByRole('slider', { name: 'Zoom' }).press('ArrowRight')
  await dialog.getByRole('button', { name: 'Save picture' }).click()
  await expect(dialog).toBeHidden()
}

test.describe('a profile', () => {
  test('a new name and picture are seen by others, everywhere, and without a network', async ({ person }) => {
    const ada = await person('ada')
    const ben = await person('ben')
    const room = uniqueName('faces')
    await ada.createRoom(room)
    await ada.say('hello from ada')
    await ada.delivered('hello from ada')
    await ben.joinRoom(room)
    await expect(ben.message('hello from ada')).toBeVisible()

    await openSettings(ada, 'Profile')
    await ada.page.getByRole('textbox', { name: 'Display name' }).fill('Countess of Lovelace')
    await ada.page.getByRole('button', { name: 'Save names' }).click()
    await expect(ben.message('hello from ada')).toContainText('Countess of Lovelace')

    await choosePicture(ada.page, [200, 30, 40])
    const picture = ben.message('hello from ada').locator('.message-side .avatar-picture')
    await expect(picture).toBeVisible()
    const [red = 0, green = 0] = await colourOf(picture)
    expect(red).toBeGreaterThan(150)
    expect(green).toBeLessThan(80)

    await backToChat(ada)
    await expect(ada.page.getByRole('button', { name: /^Your account/ })).toContainText('Countess of Lovelace')
    await expect(ada.page.getByRole('button', { name: /^Your account/ }).locator('.avatar-picture')).toBeVisible()

    // Fetched once more, now that the service worker keeps what it fetches.
    await ben.canReloadOffline()
    await ben.page.reload()
    await expect(picture).toBeVisible()
    await colourOf(picture)
    await ben.goOffline()
    await ben.reopenTab()
    await expect(ben.message('hello from ada')).toContainText('Countess of Lovelace')
    expect((await colourOf(ben.message('hello from ada').locator('.message-side .avatar-picture')))[0]).toBeGreaterThan(150)
    await ben.goOnline()
  })

  test('removed pictures give way to initials; what is no picture is said to be none', async ({ person }) => {
    const ada = await person('ada')
    await openSettings(ada, 'Profile')
    await ada.page.getByLabel('Picture file').setInputFiles({ name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
    await expect(ada.page.getByRole('alert')).toContainText('not a picture')
    await ada.page.getByLabel('Picture file').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') })
    await expect(ada.page.getByRole('dialog').getByRole('alert')).toContainText('cannot be read')
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await choosePicture(ada.page, [20, 120, 40])
    await expect(ada.page.locator('.picture .avatar-picture')).toBeVisible()
    await ada.page.getByRole('button', { name: 'Remove picture' }).click()
    await expect(ada.page.locator('.picture .avatar-picture')).toHaveCount(0)
  })

  test('a name that is taken is refused at its field', async ({ person }) => {
    const ada = await person('ada')
    const ben = await person('ben')
    await openSettings(ada, 'Profile')
    await ada.page.getByRole('textbox', { name: 'Username' }).fill(ben.username)
    await ada.page.getByRole('button', { name: 'Save names' }).click()
    await expect(ada.page.getByText('This username is already in use.')).toBeVisible()
  })

  test('preferences are set once for all devices, offline too', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const ben = await person('ben')
    const room = uniqueName('quiet')
    const elsewhere = uniqueName('elsewhere')
    await ada.createRoom(room)
    await ben.joinRoom(room)
    await ben.createRoom(elsewhere)
    await ben.goOffline()
    await openSettings(ben, 'Appearance')
    await ben.page.getByRole('radio', { name: /Compact/ }).click()
    await expect(ben.page.locator('html')).toHaveAttribute('data-density', 'compact')
    await ben.page.getByRole('radio', { name: /24 hours/ }).click()
    await ben.page.getByRole('link', { name: 'Notifications' }).click()
    await ben.page.getByRole('radio', { name: /Mentions only/ }).click()
    await backToChat(ben)
    await ben.goOnline()
    const phone = await ben.onAnotherDevice(browser, server.url)
    await expect(phone.page.locator('html')).toHaveAttribute('data-density', 'compact')
    await phone.openRoom(elsewhere)
    await ada.say('nothing for ben')
    await ada.delivered('nothing for ben')
    await ada.say(`@${ben.username} but this is`)
    const link = phone.rooms.getByRole('link', { name: room })
    await expect(link).toHaveClass(/room-link-unread/)
    await expect(link.locator('.room-badge')).toHaveText('1')
    await phone.close()
  })

  test('their data comes as a zip', async ({ person }) => {
    const ada = await person('ada')
    await ada.createRoom(uniqueName('kept'))
    await ada.say('to be downloaded')
    await ada.delivered('to be downloaded')
    await openSettings(ada, 'Data')
    const [download] = await Promise.all([ada.page.waitForEvent('download'), ada.page.getByRole('button', { name: 'Download' }).click()])
    expect(download.suggestedFilename()).toMatch(/^chatflow-\d{4}-\d\d-\d\d\.zip$/)
    const bytes = readFileSync(await download.path())
    expect(bytes.subarray(0, 2).toString()).toBe('PK')
    expect(bytes.includes('profile.json')).toBe(true)
    await expect(ada.page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  })
})
