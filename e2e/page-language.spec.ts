import { de } from '@chatflow/client/i18n/de/catalog'
import { en } from '@chatflow/client/i18n/en/catalog'
import type { Page } from '@playwright/test'
import { expect, test } from './harness/test.ts'

interface AppManifest {
  url: string
  data: string
  errors: unknown[]
}

/** The manifest as the browser has read it, by which it would install the app, and what speaks against installing it. */
async function manifestOf(page: Page): Promise<{ path: string; read: { lang?: string; dir?: string; description?: string; name?: string }; errors: unknown[] }> {
  const devtools = await page.context().newCDPSession(page)
  const manifest = (await devtools.send('Page.getAppManifest')) as AppManifest
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  await devtools.detach()
  return { path: new URL(manifest.url).pathname, read: JSON.parse(manifest.data) as object, errors: [...manifest.errors, ...installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')] }
}

test('before any script runs the page is in the language of the browser, and says without scripts what it needs', async ({ browser, server }) => {
  for (const [locale, words] of [['de-AT', de.pages], ['en-GB', en.pages]] as const) {
    const context = await browser.newContext({ baseURL: server.url, locale, javaScriptEnabled: false })
    const page = await context.newPage()
    const answer = await page.goto('/')
    await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2))
    await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', words.description)
    expect(await answer?.text()).toContain(`<noscript>${words.noScript}</noscript>`)
    await context.close()
  }
})

test('a device installs the app in the language that it speaks; a change of language changes the manifest, and the kept page opens in it', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'de' })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: de.account.createAccount }).waitFor()
  expect(await manifestOf(page)).toMatchObject({ path: '/manifest.de.webmanifest', read: { lang: 'de', dir: 'ltr', name: 'ChatFlow', description: de.pages.description }, errors: [] })

  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: en.account.createAccount }).waitFor()
  await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', en.pages.description)
  expect(await manifestOf(page)).toMatchObject({ path: '/manifest.webmanifest', read: { lang: 'en', description: en.pages.description }, errors: [] })
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByRole('button', { name: de.account.createAccount }).waitFor()

  // The service worker's own copy, as it comes, before the app has set anything.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  const kept = await page.reload()
  expect(kept?.fromServiceWorker()).toBe(true)
  expect(await kept?.text()).toContain('<html lang="de">')
  await expect(page.getByRole('button', { name: de.account.createAccount })).toBeVisible()
  await context.close()
})
