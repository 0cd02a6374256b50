import { expect, test } from './harness/test.ts'
import { uniqueName } from './harness/person.ts'

test('two people in a room see each other type, speak, and what became of each message', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('harbour')
  await ada.createRoom(room, { topic: 'Ships' })
  await ben.joinRoom(room)

  await ada.say('Hello Ben')
  await ada.delivered('Hello Ben')
  await expect(ben.message('Hello Ben')).toBeVisible()

  await ben.composer.pressSequentially('Hel')
  await expect(ada.page.getByText(`${ben.displayName} is typing`)).toBeVisible()
  await ben.say('Hello Ada')
  await expect(ada.message('Hello Ada')).toBeVisible()
  await expect(ada.page.getByText(`${ben.displayName} is typing`)).toBeHidden()

  // Ben has the room open, so he has seen it.
  await expect(ada.message('Hello Ben').getByRole('img', { name: new RegExp(`Seen by.*${ben.displayName}`) })).toBeVisible()
  expect(await ben.texts()).toEqual(await ada.texts())
})

test('a reaction is counted for both, and can be taken back', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('reactions')
  await ada.createRoom(room)
  await ben.joinRoom(room)
  await ada.say('Who is for cake?')

  await ben.message('Who is for cake?').hover()
  await ben.message('Who is for cake?').getByRole('button', { name: 'React', exact: true }).click()
  await ben.page.getByPlaceholder('Find an emoji…').fill('thumbs up')
  await ben.page.getByRole('gridcell', { name: 'thumbs up' }).first().click()
  const chip = ada.message('Who is for cake?').getByRole('button', { name: '👍 1' })
  await expect(chip).toHaveAttribute('aria-pressed', 'false')
  await chip.click()
  await expect(ben.message('Who is for cake?').getByRole('button', { name: '👍 2' })).toHaveAttribute('aria-pressed', 'true')

  await ben.message('Who is for cake?').getByRole('button', { name: '👍 2' }).click()
  await expect(ada.message('Who is for cake?').getByRole('button', { name: '👍 1' })).toHaveAttribute('aria-pressed', 'true')
})

test('an edit, a deletion and a reply reach the other', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('changes')
  await ada.createRoom(room)
  await ben.joinRoom(room)
  await ada.say('The ship leaves at nine')
  await ada.say('Never mind this one')
  await expect(ben.message('Never mind this one')).toBeVisible()

  await ben.message('The ship leaves at nine').hover()
  await ben.message('The ship leaves at nine').getByRole('button', { name: 'Reply', exact: true }).click()
  await ben.say('I will be there')
  await expect(ada.message('I will be there')).toContainText('The ship leaves at nine')

  await ada.message('The ship leaves at nine').hover()
  await ada.message('The ship leaves at nine').getByRole('button', { name: 'More actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Edit' }).click()
  await ada.composer.fill('The ship leaves at ten')
  await ada.composer.press('Enter')
  await expect(ben.message('The ship leaves at ten')).toContainText('edited')
  await expect(ben.message('The ship leaves at nine')).toHaveCount(0)

  await ada.message('Never mind this one').hover()
  await ada.message('Never mind this one').getByRole('button', { name: 'More actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(ben.message('Never mind this one')).toHaveCount(0)
  await expect(ben.log.getByText('Message deleted')).toBeVisible()
})

test('a direct conversation opens for both, whoever begins', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  await ada.page.getByRole('button', { name: 'New direct message' }).click()
  await ada.page.getByRole('combobox', { name: 'People' }).fill(ben.username)
  await ada.page.getByRole('option', { name: new RegExp(ben.displayName) }).click()
  await ada.page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(ada.page.getByRole('heading', { level: 1, name: ben.displayName })).toBeVisible()
  await ada.say('Just between us')

  await ben.openRoom(ada.displayName)
  await expect(ben.message('Just between us')).toBeVisible()
  await ben.say('As always')
  await expect(ada.message('As always')).toBeVisible()
})

test('a room that someone is not looking at shows what is unread, until it is opened', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('unread')
  const other = uniqueName('elsewhere')
  await ada.createRoom(room)
  await ben.joinRoom(room)
  await ben.createRoom(other)
  await ada.say('Are you there?')
  const link = ben.rooms.getByRole('link', { name: room })
  await expect(link).toHaveAccessibleDescription('1 unread message')
  await ben.openRoom(room)
  await expect(ben.message('Are you there?')).toBeVisible()
  await expect(link).not.toHaveAccessibleDescription(/unread/)
})
