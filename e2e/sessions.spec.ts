import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

test.describe('the sessions of an account', () => {
  test('are listed on each device; one that is ended says so there, and keeps what is written until its person is back', async ({ browser, server, person }) => {
    const ada = await person('ada')
    const room = uniqueName('desk')
    await ada.createRoom(room)
    await ada.say('before')
    await ada.delivered('before')
    const phone = await ada.onAnotherDevice(browser, server.url)
    await phone.openRoom(room)
    await phone.connected()

    await ada.page.goto('/#/settings/devices')
    const devices = ada.page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
    await expect(devices).toHaveCount(2)
    await expect(devices.first()).toContainText('This device')
    await expect(devices.first()).toContainText(/Chrome \d+ on Linux/)
    await devices.nth(1).getByRole('button', { name: /^End / }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'End' }).click()
    await expect(phone.page.getByRole('status').filter({ hasText: /Signed out|sign in again/i })).not.toHaveCount(0)
    await expect(devices).toHaveCount(1)

    await expect(phone.message('before')).toBeVisible()
    await phone.say('written after the end')
    await phone.page.getByRole('button', { name: 'Sign in again' }).click()
    await phone.signIn()
    await phone.delivered('written after the end')
    await ada.page.goto('/#/')
    await ada.openRoom(room)
    await expect(ada.message('written after the end')).toBeVisible()
    await phone.close()
  })
})
