import { chromium, type BrowserContext } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHROMIUM_ARGS, chromiumPath } from './harness/chromium.ts'
import { Person, uniqueName } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { expect, test } from './harness/test.ts'

/** A browser whose profile stays when it ends, as a person's does. */
function openProfile(folder: string, url: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), args: CHROMIUM_ARGS, baseURL: url })
}

test('[R8] a tab that crashes right after Enter has lost nothing, offline as well', async ({ person }) => {
  const ada = await person('ada')
  await ada.createRoom(uniqueName('crash'))
  await ada.canReloadOffline()
  await ada.goOffline()
  const address = ada.page.url()
  const sent: string[] = []
  for (let round = 1; round <= 3; round += 1) {
    const text = `words before crash ${round}`
    sent.push(text)
    const debug = await ada.context.newCDPSession(ada.page)
    const crashed = ada.page.waitForEvent('crash')
    await ada.composer.fill(text)
    await ada.composer.press('Enter')
    // Never answered: the page that would answer is gone.
    debug.send('Page.crash').catch(() => {})
    await crashed
    await ada.page.close()
    ada.page = await ada.newTab(address)
    for (const earlier of sent) await expect(ada.message(earlier)).toHaveCount(1)
  }
  await ada.goOnline()
  for (const text of sent) await ada.delivered(text)
  expect(await ada.texts()).toEqual(sent)
})

test('[R8] a page that goes away while the disk is busy leaves what it was told, a draft as well, to the next one', async ({ person }) => {
  const ada = await person('ada')
  await ada.createRoom(uniqueName('busy'))
  await ada.canReloadOffline()
  await ada.goOffline()
  const other = await ada.newTab()
  // A transaction of another tab that does not end keeps everybody else from writing.
  await other.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
    for (const name of names) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error(name))
      })
      if (!db.objectStoreNames.contains('commands')) {
        db.close()
        continue
      }
      const store = db.transaction('commands', 'readwrite').objectStore('commands')
      const goOn = (): void => {
        if ((window as { letGo?: boolean }).letGo !== true) store.count().onsuccess = goOn
      }
      goOn()
      return
    }
    throw new Error('There are no commands.')
  })
  await ada.composer.fill('sent while the disk was busy')
  await ada.composer.press('Enter')
  await ada.composer.fill('half a thought')
  await ada.page.reload({ waitUntil: 'commit' })
  await other.evaluate(() => void Object.assign(window, { letGo: true }))
  await expect(ada.message('sent while the disk was busy')).toHaveCount(1)
  await expect(ada.composer).toHaveValue('half a thought')
  await other.close()
  await ada.goOnline()
  await ada.delivered('sent while the disk was busy')
  expect(await ada.texts()).toEqual(['sent while the disk was busy'])
})

test('[R8] a browser that is closed right after Enter has the message when it is opened again', async ({ server }) => {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-profile-'))
  try {
    const first = await openProfile(folder, server.url)
    const ada = new Person(first, await first.newPage(), uniqueName('ada'))
    await ada.signUp()
    await ada.createRoom(uniqueName('closing'))
    await ada.canReloadOffline()
    const address = ada.page.url()
    await ada.goOffline()
    await ada.composer.fill('the last words')
    await ada.composer.press('Enter')
    await first.close()

    const second = await openProfile(folder, server.url)
    await second.setOffline(true)
    const again = new Person(second, await second.newPage(), ada.username)
    await again.page.goto(address)
    await expect(again.message('the last words')).toBeVisible()
    await again.goOnline()
    await again.delivered('the last words')
    await second.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('[R1, R2] a server that is killed while people write loses nothing that was delivered and repeats nothing', async ({ browser }) => {
  const server = await TestServer.start()
  const ada = await Person.create(browser, server.url, 'ada')
  const ben = await Person.create(browser, server.url, 'ben')
  try {
    const room = uniqueName('storm')
    await ada.createRoom(room)
    await ben.joinRoom(room)
    const sent: string[] = []
    for (let i = 1; i <= 12; i += 1) {
      const text = `line ${String(i).padStart(2, '0')}`
      sent.push(text)
      await ada.say(text)
      if (i === 6) await server.kill()
      if (i === 9) await server.start()
    }
    for (const text of sent) await ada.delivered(text)
    await expect.poll(() => ben.texts()).toEqual(sent)
    expect(await ada.texts()).toEqual(sent)
    expect(await server.stop()).toBe(0)
  } finally {
    await ada.close()
    await ben.close()
    await server.dispose()
  }
})
