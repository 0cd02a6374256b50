import { expect } from '@playwright/test'
import { ARCHIVE, ARCHIVE_MESSAGES, test } from './harness/archive-server.ts'
import { Person, uniqueName } from './harness/person.ts'
import { takeFrames, watchFrames } from './harness/frames.ts'

test('the first stop of the keyboard leads past the list of rooms', async ({ person }) => {
  const ada = await person('ada')
  await ada.createRoom(uniqueName('skipped'))
  await ada.say('here')
  await ada.page.reload()
  await ada.connected()
  // Where the keyboard begins when a page is new.
  await ada.page.locator('body').evaluate((body) => {
    body.tabIndex = -1
    body.focus()
  })
  await ada.page.keyboard.press('Tab')
  const skip = ada.page.getByRole('button', { name: 'Skip the list of rooms' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport({ ratio: 1 })
  await ada.page.keyboard.press('Enter')
  await expect(ada.log).toBeFocused()
  await expect(skip).not.toBeInViewport({ ratio: 1 })
})

test('what comes at the end is announced, and what scrolls into view is not', async ({ person }) => {
  const ada = await person('ada')
  await ada.joinRoom(ARCHIVE)
  await expect(ada.message(`No. ${ARCHIVE_MESSAGES} `)).toBeVisible()
  await expect(ada.log).toHaveAttribute('aria-live', 'polite')
  await expect(ada.log).toHaveAttribute('aria-relevant', 'additions')
  await ada.log.hover()
  await ada.page.mouse.wheel(0, -4_000)
  await expect(ada.log).toHaveAttribute('aria-live', 'off')
  await ada.page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(ada.log).toHaveAttribute('aria-live', 'polite')
})

test('with colours of the system, and with more contrast, what backgrounds and shadows say is still there', async ({ person }) => {
  const ada = await person('ada')
  await ada.createRoom(uniqueName('colours'))
  await ada.say('coloured')
  await ada.message('coloured').hover()
  await ada.message('coloured').locator('.toolbar-emoji').first().click()
  const reaction = ada.message('coloured').locator('.reaction')
  const link = ada.page.locator('.room-link-open')
  await expect(reaction).toBeVisible()
  const style = (locator: typeof link, name: string) => locator.evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), name)
  const line = await ada.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line'))
  await ada.page.emulateMedia({ contrast: 'more' })
  expect(await ada.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line'))).not.toBe(line)
  await ada.page.emulateMedia({ contrast: null, forcedColors: 'active' })
  expect(await style(reaction, 'border-top-width')).toBe('1px')
  expect(await style(link, 'background-color')).not.toBe(await style(ada.page.locator('.sidebar'), 'background-color'))
})

test('a finger flings back through a long room, and no frame shows an empty place', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  const ada = new Person(context, page, uniqueName('touch'))
  await ada.signUp()
  await ada.browse(ARCHIVE)
  await page.getByRole('button', { name: `Join ${ARCHIVE}` }).click()
  await expect(ada.message(`No. ${ARCHIVE_MESSAGES} `)).toBeVisible()
  const box = await ada.log.boundingBox()
  if (box === null) throw new Error('The log is not there.')
  await watchFrames(page, 200)
  await takeFrames(page)
  const before = await ada.log.evaluate((log) => log.scrollTop)
  const devtools = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: 195, y }] })
  await expect(async () => {
    await touch('touchStart', box.y + 100)
    for (let y = 100; y <= 500; y += 50) await touch('touchMove', box.y + y)
    await touch('touchEnd', 0)
    expect(await ada.log.evaluate((log) => log.scrollTop)).toBeLessThan(before - 2_000)
  }).toPass()
  const frames = await takeFrames(page)
  expect(frames.length).toBeGreaterThan(10)
  expect(frames.filter(({ empty }) => empty > 0)).toEqual([])
  await context.close()
})
