import { uniqueName, Person } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { linkSentTo } from './support/outbox.ts'

/** Somebody with a fresh account whose address is not confirmed. The first account of a server is its administrator's, who needs no confirming: one is there already. */
async function newcomer(browser: Parameters<typeof Person.create>[0], url: string): Promise<Person> {
  const context = await browser.newContext({ baseURL: url })
  const person = new Person(context, await context.newPage(), uniqueName('eve'))
  await person.register()
  return person
}

test.describe('mails', () => {
  test.beforeEach(async ({ person }) => {
    await person('admin')
  })

  test('confirm an address: until then no room for everyone, and afterwards all tabs know at once', async ({ browser, server }) => {
    const eve = await newcomer(browser, server.url)
    const { page } = eve
    await expect(page.getByText(/Confirm your email address to make rooms for everyone/)).toBeVisible()
    await page.getByRole('button', { name: 'New room' }).click()
    const dialog = page.getByRole('dialog', { name: 'New room' })
    await expect(dialog.getByRole('switch', { name: 'Open to everyone' })).toBeDisabled()
    await expect(dialog.getByText('Confirm your email address to open it to everyone.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    // As a person does it: the page of the outbox, and a click on the link.
    const outbox = await eve.newTab('/dev/mail')
    await expect(outbox.getByRole('heading', { name: 'Mails of this server' })).toBeVisible()
    await outbox.getByRole('article').filter({ hasText: eve.email }).getByRole('link').first().click()
    await expect(outbox.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
    expect(new URL(outbox.url()).hash).toBe('#/verify')
    await expect(page.getByText(/Confirm your email address/)).toHaveCount(0)

    const room = uniqueName('lobby')
    await eve.createRoom(room)
    await eve.say('everyone may come')
    await eve.delivered('everyone may come')
    expect(eve.faults).toEqual([])
    await eve.close()
  })

  test('a link that is only looked at confirms nothing', async ({ browser, server, request }) => {
    const eve = await newcomer(browser, server.url)
    const token = await linkSentTo(server.url, eve.email, 'verify')
    await request.get(`${server.url}/?token=${token}#/verify/${token}`)
    await eve.comeBack()
    await expect(eve.page.getByText(/Confirm your email address/)).toBeVisible()
    await eve.close()
  })

  test('set a new password: the old session has ended and keeps what was written there', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const room = uniqueName('kept')
    await ada.createRoom(room)
    await ada.say('before')
    await ada.delivered('before')

    const context = await browser.newContext({ baseURL: server.url })
    const phone = new Person(context, await context.newPage(), ada.username)
    await phone.page.goto('/')
    await phone.page.getByRole('button', { name: 'Forgot password?' }).click()
    await phone.page.getByRole('textbox', { name: 'Email' }).fill(ada.email)
    await phone.page.getByRole('button', { name: 'Send link' }).click()
    await expect(phone.page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
    const token = await linkSentTo(server.url, ada.email, 'reset')
    await phone.page.goto(`/#/reset/${token}`)
    const password = 'an entirely new password'
    await phone.page.getByLabel('New password', { exact: true }).fill(password)
    await expect(phone.page.getByText(/to guess$/)).toBeVisible()
    await phone.page.getByRole('button', { name: 'Set password' }).click()
    await expect(phone.page.getByRole('heading', { name: 'Your password is set' })).toBeVisible()
    await phone.page.getByRole('button', { name: 'Sign in' }).click()
    await phone.signIn()
    await expect(phone.page.getByText('The name or the password is wrong.')).toBeVisible()
    await phone.page.getByLabel('Password', { exact: true }).fill(password)
    await phone.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(phone.rooms).toBeVisible()

    await expect(ada.page.getByRole('button', { name: 'Sign in again' })).toBeVisible()
    await ada.say('written meanwhile')
    await ada.page.getByRole('button', { name: 'Sign in again' }).click()
    await ada.signIn(password)
    await ada.connected()
    await ada.delivered('written meanwhile')
    expect(phone.faults).toEqual([])
    await phone.close()
  })

  test('tell of a password that is changed in the settings; this device stays signed in, the other does not', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const phone = await ada.onAnotherDevice(browser, server.url)
    await phone.connected()
    await ada.page.goto('/#/settings/account')
    await ada.page.getByLabel('Current password', { exact: true }).fill(ada.password)
    await ada.page.getByLabel('New password', { exact: true }).fill('an entirely new password')
    await ada.page.getByRole('button', { name: 'Change password' }).click()
    await expect(ada.page.getByText('Your password is changed.')).toBeVisible()
    await expect(phone.page.getByRole('button', { name: 'Sign in again' })).toBeVisible()
    await ada.connected()
    await expect.poll(async () => (await (await fetch(`${server.url}/dev/mail`)).text()).includes('Your password was changed')).toBe(true)
    await phone.close()
  })

  test('change the address once the link that went to the new one is used', async ({ server, person }) => {
    const ada = await person('ada')
    const next = `${uniqueName('next')}@example.org`
    await ada.page.goto('/#/settings/account')
    await ada.page.getByRole('textbox', { name: 'New email address' }).fill(next)
    await ada.page.getByLabel('Password', { exact: true }).fill(ada.password)
    await ada.page.getByRole('button', { name: 'Change address' }).click()
    await expect(ada.page.getByText(`We have sent a link to ${next}.`)).toBeVisible()
    const token = await linkSentTo(server.url, next, 'verify')
    const tab = await ada.newTab(`/#/verify/${token}`)
    await expect(tab.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible()
    await expect(ada.page.getByText(`${next} · confirmed`)).toBeVisible()
  })
})
