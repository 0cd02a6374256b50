import { newId } from '@chatflow/shared/ids'
import type { Locator } from '@playwright/test'
import type { Person } from './harness/person.ts'
import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { Account, command } from './support/account.ts'

const AT_ONCE = 100
const MESSAGES = 1_500
/** In the fifth of six segments from the end: none that a room holds by itself. */
const NEEDLE_AT = 420

const box = (person: Person): Locator => person.page.getByRole('searchbox', { name: 'Search' })
const panel = (person: Person): Locator => person.page.getByRole('complementary', { name: 'Search results' })
const results = (person: Person): Locator => panel(person).getByRole('link')
const result = (person: Person, text: string): Locator => results(person).filter({ hasText: text })

/** Somebody in a long room that another device has written. */
async function longRoom(person: (name: string) => Promise<Person>, url: string): Promise<{ ada: Person; name: string; room: string; writer: Account }> {
  const ada = await person('ada')
  const name = uniqueName('archive')
  await ada.createRoom(name)
  const room = ada.page.url().split('/rooms/')[1] ?? ''
  const writer = await Account.login(url, ada.username)
  for (let from = 1; from <= MESSAGES; from += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, i) => command({ type: 'message.send', room, text: from + i === NEEDLE_AT ? 'the periscope is below deck' : `number ${from + i}` }))
    await writer.command(url, ...batch)
  }
  await writer.command(url, command({ type: 'message.send', room, text: 'a periscope once more' }))
  await expect(ada.message('a periscope once more')).toBeVisible()
  return { ada, name, room, writer }
}

test('[R7] a search finds a message deep in a long room and leads there; offline the same search finds what this device has', async ({ person, server }) => {
  const { ada, name } = await longRoom(person, server.url)
  const workers = () => ada.page.workers().map((worker) => worker.url().replace(/.*\/([a-z-]+)-[^/]*$/, '$1'))
  // Nothing is read into an index before somebody searches, and then not by the page itself.
  expect(workers()).toEqual([])
  await ada.page.keyboard.press('Control+f')
  await expect(box(ada)).toBeFocused()
  await box(ada).fill('periscope')
  await expect(results(ada)).toHaveCount(2)
  await expect(panel(ada).getByRole('status').filter({ hasText: '2 results.' })).toBeVisible()
  await expect(result(ada, 'below deck').locator('mark')).toHaveText('periscope')
  expect(workers()).toEqual(['search-worker'])

  // With the keyboard: to the results, to the second, there.
  await box(ada).press('ArrowDown')
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.press('Home')
  await expect(results(ada).first()).toBeFocused()
  await result(ada, 'below deck').focus()
  await ada.page.keyboard.press('Enter')
  await expect(ada.message('the periscope is below deck')).toBeVisible()
  await expect(ada.message(`number ${NEEDLE_AT + 1}`)).toBeVisible()
  await expect(ada.message(`number ${MESSAGES}`)).toHaveCount(0)
  await expect(results(ada)).toHaveCount(2)
  await expect(result(ada, 'below deck')).toHaveAttribute('aria-current', 'true')

  await ada.canReloadOffline()
  await ada.goOffline()
  await ada.page.reload()
  await expect(ada.page.getByRole('heading', { level: 1, name })).toBeVisible()
  await box(ada).fill('periscope')
  await box(ada).press('Enter')
  await expect(panel(ada).getByRole('status').filter({ hasText: /2 results\. The server cannot be reached now\. Searched: [\d,]+ messages on this device, the oldest of / })).toBeVisible()
  // What is written now is found as well, before it is delivered.
  await ada.say('a periscope that waits')
  await box(ada).fill('periscope -below')
  await box(ada).press('Enter')
  await expect(results(ada)).toHaveCount(2)
  await expect(result(ada, 'that waits')).toContainText('Not delivered yet')
  await ada.goOnline()
  await expect(panel(ada).getByRole('status').filter({ hasText: 'The server cannot be reached' })).toHaveCount(0)
})

test('[R6] a deleted message is not found any more, by anybody, online and offline', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('room')
  await ada.createRoom(room)
  await ada.say('before ben came')
  await ada.delivered('before ben came')
  await ben.joinRoom(room)
  for (const text of ['the xylophone is a secret', 'xylophone lessons on Monday']) {
    await ada.say(text)
    await ada.delivered(text)
    await expect(ben.message(text)).toBeVisible()
  }
  await ben.page.keyboard.press('Control+f')
  await box(ben).fill('xylophone')
  await expect(results(ben)).toHaveCount(2)

  await ada.message('is a secret').hover()
  await ada.message('is a secret').getByRole('button', { name: 'More actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(ben.message('is a secret')).toHaveCount(0)
  // From the list that stands there, and from a search of now.
  await expect(results(ben)).toHaveCount(1)
  await box(ben).fill('secret')
  await expect(panel(ben).getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await ben.goOffline()
  await box(ben).fill('xylophone')
  await box(ben).press('Enter')
  await expect(panel(ben).getByRole('status').filter({ hasText: '1 result. The server cannot be reached now.' })).toBeVisible()
})

test('all rooms are searched from the sidebar; a result leads into its room and the list stays, also on the way back; a wrong search says what is wrong', async ({ person }) => {
  const ada = await person('ada')
  const [one, two] = [uniqueName('one'), uniqueName('two')]
  for (const room of [one, two]) {
    await ada.createRoom(room)
    await ada.say(`a telescope in ${room}`)
    await ada.delivered(`a telescope in ${room}`)
  }
  await ada.page.getByRole('button', { name: 'Find messages' }).click()
  await box(ada).pressSequentially('telescope')
  await expect(results(ada)).toHaveCount(2)
  await result(ada, `in ${one}`).click()
  await expect(ada.page.getByRole('heading', { level: 1, name: one })).toBeVisible()
  await expect(results(ada)).toHaveCount(2)
  await ada.page.goBack()
  await expect(ada.page.getByRole('heading', { level: 1, name: two })).toBeVisible()
  await expect(results(ada)).toHaveCount(2)
  await expect(box(ada)).toHaveValue('telescope')

  await box(ada).fill(`telescope from:me in:${two.slice(0, 4)}`)
  await ada.page.getByRole('option', { name: two }).click()
  await expect(results(ada)).toHaveCount(1)
  await box(ada).fill('before:whenever telescope')
  await expect(panel(ada).getByRole('alert')).toContainText('This is no date.')
  await expect(panel(ada).getByRole('alert').locator('mark')).toHaveText('before:whenever')
  await box(ada).press('Escape')
  await expect(panel(ada)).toHaveCount(0)

  // The field of the room's head goes on beside the room.
  await box(ada).fill('telescope')
  await expect(panel(ada)).toBeVisible()
  await expect(box(ada)).toHaveValue('telescope')
  await expect(results(ada)).toHaveCount(1)
})

test('hostile text is found and shown as it is written; signing out leaves no search behind', async ({ person, server }) => {
  const ada = await person('ada')
  await ada.createRoom(uniqueName('room'))
  const room = ada.page.url().split('/rooms/')[1] ?? ''
  const writer = await Account.login(server.url, ada.username)
  const texts = ['<img src=x onerror="document.title=\'owned\'"> kazoo', 'kazoo javascript:alert(1) [kazoo](javascript:alert(2))', '</mark><script>document.title="owned"</script> kazoo']
  await writer.command(server.url, ...texts.map((text) => ({ ...command({ type: 'message.send', room, text }), id: newId() })))
  await ada.page.keyboard.press('Control+f')
  await box(ada).fill('kazoo')
  await box(ada).press('Enter')
  await expect(results(ada)).toHaveCount(3)
  for (const text of texts) await expect(results(ada).filter({ hasText: text })).toHaveCount(1)
  expect(await panel(ada).locator('img, script, a[href^="javascript"]').count()).toBe(0)
  expect(await ada.page.title()).not.toContain('owned')

  const kept = () => ada.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('recent-searches')))
  expect(await kept()).toHaveLength(1)
  await ada.page.getByRole('button', { name: /^Your account/ }).click()
  await ada.page.getByRole('dialog', { name: 'Your account' }).getByRole('button', { name: 'Sign out' }).click()
  await expect(ada.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await kept()).toEqual([])
})
