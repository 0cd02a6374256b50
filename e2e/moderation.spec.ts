import type { Locator } from '@playwright/test'
import type { Person } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { uniqueName } from './harness/person.ts'

/** Ada owns a public room, Ben and Cleo are in it. */
async function threeInARoom(person: (name: string) => Promise<Person>): Promise<{ ada: Person; ben: Person; cleo: Person; room: string }> {
  const [ada, ben, cleo] = [await person('ada'), await person('ben'), await person('cleo')]
  const room = uniqueName('harbour')
  await ada.createRoom(room)
  await ben.joinRoom(room)
  await cleo.joinRoom(room)
  return { ada, ben, cleo, room }
}

async function menu(who: Person, text: string, action: string): Promise<void> {
  // Whatever still arrives moves the messages under the mouse: then one points again.
  await expect(async () => {
    await who.message(text).hover()
    await who.message(text).getByRole('button', { name: 'More actions' }).click({ timeout: 2_000 })
  }).toPass()
  await who.page.getByRole('menuitem', { name: action }).click()
}

async function report(who: Person, text: string, reason: string): Promise<Locator> {
  await menu(who, text, 'Report')
  const dialog = who.page.getByRole('dialog')
  await dialog.getByRole('radio', { name: reason }).check()
  await dialog.getByRole('button', { name: 'Report' }).click()
  return dialog
}

test('a message is reported, found in the queue, deleted there in one step, and its author banned and kept out', async ({ person }) => {
  const { ada, ben, cleo, room } = await threeInARoom(person)
  await cleo.say('Buy my boats')
  await cleo.say('Buy my boats again')
  await ada.say('Please stop')

  const dialog = await report(ben, 'Buy my boats again', 'Spam')
  await expect(dialog.getByRole('status')).toContainText('Those who moderate this room will look at it.')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(ben.page.getByRole('link', { name: /Reports/ })).toHaveCount(0)

  await ada.page.getByRole('link', { name: 'Reports, 1 open one' }).click()
  const card = ada.page.getByRole('listitem', { name: `Spam: ${cleo.displayName} in #${room}` })
  await expect(card).toContainText('Buy my boats again')
  await expect(card).toContainText(`Reported by ${ben.displayName}`)

  // To the message and back.
  await card.getByRole('link', { name: 'Go to message' }).click()
  await expect(ada.message('Buy my boats again')).toBeVisible()
  await ada.page.goBack()
  await card.getByRole('button', { name: 'Delete message' }).click()
  await expect(card).toHaveCount(0)
  await expect(ada.page.getByText('Nothing to settle')).toBeVisible()
  await ada.page.getByRole('link', { name: 'Settled' }).click()
  await expect(ada.page.getByRole('listitem', { name: `Spam: ${cleo.displayName} in #${room}` })).toContainText(`Message deleted by ${ada.displayName}`)
  await ada.page.getByRole('button', { name: 'Close reports' }).click()
  await ada.openRoom(room)
  await expect(ben.log.getByText(`Message deleted by ${ada.displayName}`)).toBeVisible()
  await expect(ben.message('Buy my boats again')).toHaveCount(0)
  await expect(ada.page.getByRole('link', { name: /Reports/ })).toHaveCount(0)

  await ada.page.getByRole('button', { name: /members/ }).click()
  const members = ada.page.getByRole('complementary', { name: 'Members' })
  await members.getByRole('button', { name: `About ${cleo.displayName}` }).click()
  await ada.page.getByRole('menuitem', { name: 'Ban from room' }).click()
  const ban = ada.page.getByRole('dialog', { name: `Ban ${cleo.displayName} from ${room}?` })
  await ban.getByRole('textbox', { name: 'Reason' }).fill('Sells boats')
  await ban.getByRole('button', { name: 'Ban' }).click()
  const banned = members.getByRole('region', { name: 'Banned' })
  await expect(banned).toContainText(cleo.displayName)
  await expect(ada.log.getByText(`You banned ${cleo.displayName}`)).toBeVisible()

  // [R5] The room is gone from her device, and she cannot come back.
  const id = /rooms\/([0-9a-f-]{36})/.exec(cleo.page.url())?.[1] ?? 'none'
  await expect(cleo.rooms.getByRole('link', { name: room })).toHaveCount(0)
  await expect.poll(() => replicasOf(cleo, id)).toEqual([])
  await cleo.browse(room)
  await cleo.page.getByRole('button', { name: `Join ${room}` }).click()
  await expect(cleo.page.getByText('Banned from this room until the ban is lifted.')).toBeVisible()
  await expect(cleo.rooms.getByRole('link', { name: room })).toHaveCount(0)

  // Until the ban is lifted, also by someone who opens the list later.
  await ada.page.reload()
  await expect(banned).toContainText('Sells boats')
  await banned.getByRole('button', { name: `Lift ban of ${cleo.displayName}` }).click()
  await expect(banned).toHaveCount(0)
  // In the order in which she did both: when this is delivered, the ban is lifted.
  await ada.say('Welcome back')
  await ada.delivered('Welcome back')
  await cleo.page.goto('/')
  await cleo.joinRoom(room)
  await cleo.say('I am sorry')
  await expect(ada.message('I am sorry')).toBeVisible()
})

test('[R8] a report made offline is sent when the network is back', async ({ person }) => {
  const { ada, ben, cleo } = await threeInARoom(person)
  await cleo.say('Rude words')
  await expect(ben.message('Rude words')).toBeVisible()
  await ben.goOffline()
  const dialog = await report(ben, 'Rude words', 'Abuse')
  await expect(dialog.getByRole('status')).toContainText('sent when you are back')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await ben.goOnline()
  await ada.page.getByRole('link', { name: 'Reports, 1 open one' }).click()
  await ada.page.getByRole('listitem', { name: /^Abuse: / }).getByRole('button', { name: 'Ban author' }).click()
  await expect(cleo.rooms.getByRole('link')).toHaveCount(0)
})

test('whoever moderates deletes a message of another after being asked; others are not offered it', async ({ person }) => {
  const { ada, ben, cleo } = await threeInARoom(person)
  await cleo.say('Not for here')
  await expect(ben.message('Not for here')).toBeVisible()
  await ben.message('Not for here').hover()
  await ben.message('Not for here').getByRole('button', { name: 'More actions' }).click()
  await expect(ben.page.getByRole('menuitem', { name: 'Report' })).toBeVisible()
  await expect(ben.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
  await ben.page.keyboard.press('Escape')
  await menu(ada, 'Not for here', 'Delete')
  await ada.page.getByRole('dialog', { name: `Delete this message of ${cleo.displayName}?` }).getByRole('button', { name: 'Delete' }).click()
  for (const who of [ada, ben, cleo]) await expect(who.log.getByText(`Message deleted by ${ada.displayName}`)).toBeVisible()
})

/** Names of local databases that belong to a room. */
function replicasOf(person: Person, room: string): Promise<string[]> {
  return person.page.evaluate(async (id) => (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(id) ? name : [])), room)
}
