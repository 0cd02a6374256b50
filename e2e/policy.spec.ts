import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

/** What the page's policy has stopped, as the browser tells it. */
declare global {
  interface Window {
    stopped: string[]
  }
}

test('the app lives with its policy: nothing of its own is stopped, and what is put in from outside is', async ({ person }) => {
  const ada = await person('ada')
  await ada.page.evaluate(() => {
    window.stopped = []
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.stopped.push(violatedDirective))
  })
  const room = uniqueName('policy')
  await ada.createRoom(room)
  await ada.say('under the policy')
  await ada.delivered('under the policy')
  await ada.canReloadOffline()
  const before = await ada.page.evaluate(() => ({ stopped: window.stopped, rules: [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0) }))
  expect(before.stopped).toEqual([])
  // The styles of MUI's parts have arrived, through the CSSOM.
  expect(before.rules).toBeGreaterThan(100)
})

test('a style, a script or markup that is put into the page does nothing', async ({ browser, server }) => {
  // A context of its own: what is stopped is said in the console, which the people of the other tests must not hear of.
  const page = await browser.newPage({ baseURL: server.url, serviceWorkers: 'block' })
  await page.goto('/')
  const outcome = await page.evaluate(() => {
    const thrown = (act: () => unknown): string => {
      try {
        act()
        return 'done'
      } catch (error) {
        return (error as Error).name
      }
    }
    const style = document.createElement('style')
    style.textContent = 'body { outline: 7px solid red }'
    document.head.append(style)
    document.body.setAttribute('style', 'outline: 8px solid red')
    return {
      style: getComputedStyle(document.body).outlineWidth,
      markup: thrown(() => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>')),
      script: thrown(() => (document.createElement('script').src = 'https://evil.example/x.js')),
      policy: thrown(() => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }).trustedTypes.createPolicy('another', {})),
    }
  })
  expect(outcome).toEqual({ style: expect.not.stringMatching(/^[78]px$/), markup: 'TypeError', script: 'TypeError', policy: 'TypeError' })
  await page.close()
})
