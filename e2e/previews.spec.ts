import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Person, uniqueName } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { expect, test } from './harness/test.ts'

/** Red, 32 x 32. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR4nGNwaDhAU8QwasGoBaMWjFowasGoBaMWjFowasGoBaMWDBULAC3AAFtqEJ+aAAAAAElFTkSuQmCC', 'base64')

const asked: string[] = []
const pages = createServer((request, answer) => {
  asked.push(request.url ?? '')
  if (request.url === '/p.png') answer.setHeader('content-type', 'image/png').end(PICTURE)
  else answer.setHeader('content-type', 'text/html').end('<title>Harbour lights</title><meta property="og:description" content="What we saw"><meta property="og:image" content="/p.png">')
})
let server: TestServer

test.beforeAll(async () => {
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  server = await TestServer.start({ program: { file: 'e2e/support/web-program.ts', env: { OPEN_PORTS: String(port()) } } })
})

test.afterAll(async () => {
  await server.dispose()
  await new Promise((resolve) => pages.close(resolve))
})

test('a link gets a preview for everyone in the room, offline too, once an administrator wants it; its author takes it away', async ({ browser }) => {
  const ada = await Person.create(browser, server.url, 'ada')
  const ben = await Person.create(browser, server.url, 'ben')
  const room = uniqueName('links')
  const link = `http://page.example.org:${port()}/a`
  await ada.createRoom(room)
  await ben.joinRoom(room)

  await ada.say(`before ${link}`)
  await ada.delivered('before')
  await ada.page.goto('/#/admin/previews')
  await ada.page.getByRole('switch', { name: 'Show previews of links' }).click()
  await expect(ada.page.getByText('Saved.')).toBeVisible()
  expect(asked).toEqual([])

  await ada.page.goto('/')
  await ada.openRoom(room)
  await ada.say(`after ${link}`)
  for (const person of [ada, ben]) {
    const message = person.message('after')
    await expect(message.getByRole('link', { name: 'Harbour lights' })).toHaveAttribute('href', link)
    await expect(message.getByText('What we saw')).toBeVisible()
    await expect(message.locator('.preview img')).toHaveJSProperty('naturalWidth', 240)
  }
  // By the server, once, and by nobody else.
  expect(asked).toEqual(['/a', '/p.png'])
  await expect(ben.message('before').getByRole('link', { name: 'Harbour lights' })).toHaveCount(0)

  await ben.canReloadOffline()
  await ben.goOffline()
  await ben.page.reload()
  await expect(ben.message('after').getByRole('link', { name: 'Harbour lights' })).toBeVisible()
  await ben.goOnline()

  await ada.message('after').hover()
  await ada.message('after').getByRole('button', { name: 'Remove preview of Harbour lights' }).click()
  await ada.page.getByRole('dialog', { name: 'Remove preview?' }).getByRole('button', { name: 'Remove' }).click()
  for (const person of [ada, ben]) await expect(person.message('after').getByRole('link', { name: 'Harbour lights' })).toHaveCount(0)

  for (const person of [ada, ben]) await person.close()
  expect([...ada.faults, ...ben.faults]).toEqual([])
})

function port(): number {
  return (pages.address() as AddressInfo).port
}
