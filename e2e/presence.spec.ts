import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

test('who is there, what they say of themselves, types and has read is seen by others, and not of those who hide it', async ({ person, browser, server }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  await ada.page.getByRole('button', { name: 'New direct message' }).click()
  await ada.page.getByRole('combobox', { name: 'People' }).fill(ben.username)
  await ada.page.getByRole('option', { name: new RegExp(ben.displayName) }).click()
  await ada.page.getByRole('button', { name: 'Open', exact: true }).click()
  await ada.say('Are you there?')
  const link = ben.rooms.getByRole('link', { name: ada.displayName })

  // Ben has opened no room at all.
  await expect(link).toHaveAttribute('aria-description', /online/)
  await ada.composer.fill('/status 🌴 On holiday')
  await ada.composer.press('Enter')
  await expect(link).toHaveAttribute('aria-description', /🌴 On holiday/)
  await expect(ada.message('/status')).toHaveCount(0)

  await link.click()
  await expect(ben.page.getByText(`@${ada.username} · online · 🌴 On holiday`)).toBeVisible()
  await expect(ada.message('Are you there?').getByRole('button', { name: `Seen by ${ben.displayName}` })).toBeVisible()

  // Not shown to oneself on another device.
  const adasPhone = await ada.onAnotherDevice(browser, server.url)
  await adasPhone.openRoom(ben.displayName)
  await ada.composer.fill('I am ty')
  await expect(ben.page.getByText(`${ada.displayName} is typing`)).toBeVisible()
  await expect(adasPhone.page.getByText(/is typing/)).toHaveCount(0)
  await adasPhone.close()

  await ben.page.goto('/#/settings/privacy')
  await ben.page.getByRole('switch', { name: 'Show what I have read' }).click()
  await ben.page.getByRole('switch', { name: 'Show when I am online and last seen' }).click()
  await expect(ada.message('Are you there?').getByRole('button', { name: `Seen by ${ben.displayName}` })).toHaveCount(0)
  await expect(ada.page.getByText(`@${ben.username}`, { exact: true })).toBeVisible()
  await ben.page.getByRole('button', { name: 'Close settings' }).click()
  await ben.openRoom(ada.displayName)
  await expect(ben.page.getByText(`@${ada.username} · 🌴 On holiday`)).toBeVisible()
  await ben.composer.fill('hush')
  await ben.composer.press('Enter')
  await expect(ada.message('hush')).toBeVisible()
  await expect(ada.page.getByText(/is typing/)).toHaveCount(0)
})

test('what one does is said with /me, and what is no command stays where it was typed', async ({ person }) => {
  const ada = await person('ada')
  await ada.createRoom(uniqueName('doing'))
  await ada.composer.pressSequentially('/m')
  await expect(ada.page.getByRole('option', { name: /\/mute/ })).toBeVisible()
  await ada.composer.fill('/me waves')
  await ada.composer.press('Enter')
  await expect(ada.message('waves')).toContainText(`* ${ada.displayName} waves`)
  await ada.composer.fill('/foo bar')
  await ada.composer.press('Enter')
  await expect(ada.page.getByText('There is no command /foo.')).toBeVisible()
  await expect(ada.composer).toHaveValue('/foo bar')
})
