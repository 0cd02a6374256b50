import type { Person } from './harness/person.ts'
import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

async function twoInARoom(person: (name: string) => Promise<Person>): Promise<{ ada: Person; ben: Person; room: string }> {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('room')
  await ada.createRoom(room)
  await ben.joinRoom(room)
  await ada.say('before')
  await ada.delivered('before')
  await expect(ben.message('before')).toBeVisible()
  return { ada, ben, room }
}

test('[R2, R3, R8] what is written offline survives a reload and a closed tab, and merges in one order for everyone', async ({ person }) => {
  const { ada, ben, room } = await twoInARoom(person)
  await ada.canReloadOffline()
  await ada.goOffline()
  await ada.say('written offline')
  await ben.say('meanwhile online')
  await ben.delivered('meanwhile online')

  await ada.page.reload()
  await expect(ada.page.getByRole('heading', { level: 1, name: room })).toBeVisible()
  await expect(ada.message('before')).toBeVisible()
  await expect(ada.message('written offline')).toBeVisible()
  await expect(ada.message('written offline').getByRole('img', { name: /On this device/ })).toBeVisible()
  await ada.say('written after the reload')

  await ada.reopenTab()
  await expect(ada.message('written offline')).toBeVisible()
  await expect(ada.message('written after the reload')).toBeVisible()
  await ada.say('written in the new tab')
  await expect(ada.message('meanwhile online')).toHaveCount(0)

  await ada.goOnline()
  for (const text of ['written offline', 'written after the reload', 'written in the new tab']) {
    await ada.delivered(text)
    await expect(ben.message(text)).toHaveCount(1)
  }
  const expected = ['before', 'meanwhile online', 'written offline', 'written after the reload', 'written in the new tab']
  await expect.poll(() => ada.texts()).toEqual(expected)
  await expect.poll(() => ben.texts()).toEqual(expected)
})

test('rooms, reactions, edits and deletions made offline arrive when the network is back', async ({ person }) => {
  const { ada, ben, room } = await twoInARoom(person)
  await ben.say('first')
  await expect(ada.message('first')).toBeVisible()
  await ada.goOffline()

  await ada.message('first').hover()
  await ada.message('first').getByRole('button', { name: 'React', exact: true }).click()
  await ada.page.getByPlaceholder('Find an emoji…').fill('thumbs up')
  await ada.page.getByRole('gridcell', { name: 'thumbs up' }).first().click()
  await ada.say('a tpyo')
  await ada.message('a tpyo').hover()
  await ada.message('a tpyo').getByRole('button', { name: 'More actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Edit' }).click()
  await ada.composer.fill('a typo')
  await ada.composer.press('Enter')
  await expect(ada.message('a typo')).toBeVisible()
  const made = uniqueName('made-offline')
  await ada.createRoom(made)
  await ada.say('first words of a new room')

  await ada.goOnline()
  await ada.delivered('first words of a new room')
  await ada.openRoom(room)
  await expect(ben.message('first').getByRole('button', { name: '👍 1' })).toBeVisible()
  await expect(ben.message('a typo')).toBeVisible()
  await ben.joinRoom(made)
  await expect(ben.message('first words of a new room')).toBeVisible()
})

test('[R2] two tabs agree offline, and what both wrote is delivered once', async ({ person }) => {
  const { ada, ben } = await twoInARoom(person)
  await ada.canReloadOffline()
  const address = ada.page.url()
  const first = ada.page
  const second = await ada.newTab(address)
  ada.page = second
  await expect(ada.message('before')).toBeVisible()
  await ada.connected()
  await ada.goOffline()
  await ada.say('from the second tab')
  ada.page = first
  await expect(ada.message('from the second tab')).toBeVisible()
  await ada.say('from the first tab')
  ada.page = second
  await expect(ada.message('from the first tab')).toBeVisible()

  await ada.goOnline()
  const expected = ['before', 'from the second tab', 'from the first tab']
  await expect.poll(() => ben.texts()).toEqual(expected)
  for (const tab of [first, second]) {
    ada.page = tab
    await ada.delivered('from the first tab')
    expect(await ada.texts()).toEqual(expected)
  }
})

test('[R5] the replica of a room is purged from the browser of whoever is removed from it', async ({ person }) => {
  const { ada, ben, room } = await twoInARoom(person)
  const id = /rooms\/([0-9a-f-]{36})/.exec(ben.page.url())?.[1] ?? 'none'
  await expect.poll(() => replicasOf(ben, id)).not.toEqual([])
  await ada.page.getByRole('button', { name: /members/ }).click()
  const members = ada.page.getByRole('complementary', { name: 'Members' })
  await members.getByRole('button', { name: `About ${ben.displayName}` }).click()
  await ada.page.getByRole('menuitem', { name: 'Remove from room' }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()

  await expect(ben.rooms.getByRole('link', { name: room })).toHaveCount(0)
  await expect(ben.message('before')).toHaveCount(0)
  await expect.poll(() => replicasOf(ben, id)).toEqual([])
})

/** Names of local databases that belong to a room. */
function replicasOf(person: Person, room: string): Promise<string[]> {
  return person.page.evaluate(async (id) => (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(id) ? name : [])), room)
}
