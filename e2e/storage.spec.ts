import { Person, uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

test('without any local storage one chats online, and is told that nothing is kept', async ({ browser, server, person }) => {
  const ben = await person('ben')
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'block' })
  await context.addInitScript(() => {
    for (const name of ['indexedDB', 'localStorage', 'sessionStorage'] as const) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('Storage is switched off.', 'SecurityError')
        },
      })
    }
  })
  const ada = new Person(context, await context.newPage(), uniqueName('ada'))
  await ada.signUp()
  await expect(ada.page.getByText('This browser keeps nothing')).toBeVisible()
  const room = uniqueName('nothing-kept')
  await ada.createRoom(room)
  await ada.say('still here')
  await ada.delivered('still here')
  await ben.joinRoom(room)
  await expect(ben.message('still here')).toBeVisible()
  await ben.say('so am I')
  await expect(ada.message('so am I')).toBeVisible()
  expect(ada.faults).toEqual([])
  await context.close()
})

test('the app opens without a network: shell, rooms and messages come from the device', async ({ person }) => {
  const ada = await person('ada')
  const room = uniqueName('shell')
  await ada.createRoom(room)
  await ada.say('kept on the device')
  await ada.delivered('kept on the device')
  await ada.canReloadOffline()
  await ada.goOffline()
  await ada.page.close()
  ada.page = await ada.newTab('/')
  await ada.openRoom(room)
  await expect(ada.message('kept on the device')).toBeVisible()
  await expect(ada.page.getByText('Offline. What you write is saved on this device and sent when you are back.')).toBeVisible()
  await expect(ada.composer).toBeEnabled()
})

test('a phone shows one column, from the list into a room and back', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const ada = new Person(context, await context.newPage(), uniqueName('ada'))
  await ada.signUp()
  const room = uniqueName('pocket')
  await ada.createRoom(room)
  await ada.say('from a phone')
  await ada.delivered('from a phone')
  await expect(ada.rooms).toBeHidden()
  const overflow = await ada.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await ada.page.goBack()
  await expect(ada.rooms.getByRole('link', { name: room })).toBeVisible()
  await context.close()
})
