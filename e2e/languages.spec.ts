import { de } from '@chatflow/client/i18n/de/catalog'
import { en } from '@chatflow/client/i18n/en/catalog'
import { MARKS, speakPseudo, unmarked } from './languages/pseudo.ts'
import { expect, test } from './harness/test.ts'
import { uniqueName } from './harness/person.ts'
import { walkAll } from './a11y/walk.ts'

/** Dates as Intl writes them, addresses, keys, names of browsers, and what is typed: commands, filters of the search, shortcodes. Whole words only: more would hide what is to be found. */
const OTHERS = [
  '(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)', '(januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)',
  '\\b(mo|di|mi|do|fr|sa|so|jan|feb|mär|apr|jun|jul|aug|sept|okt|nov|dez|uhr|um)\\b', '[\\w.+-]+@[\\w.-]+', 'https?://\\S+', '@\\w[\\w-]*', '#\\w[\\w-]*', '\\b(english|deutsch|chatflow|kb|mb)\\b',
  '(headless)?chrom(e|ium) \\d+', 'linux', 'reports?-\\d+', '\\bund\\b', '\\bF\\d+\\b', '\\b[AP]M\\b',
  '^/?(topic|status|shrug|mute|me|leave|invite|help)$', '\\b(has|before):\\w*', ':boat:', '\\bdora-\\w+',
].join('|')

test('no page and no dialog shows a word that is not in the catalogs', async ({ browser }) => {
  test.setTimeout(600_000)
  const problems = await walkAll({
    browser,
    // Its cache would answer before the pseudo language can.
    options: { serviceWorkers: 'block' },
    prepare: (context) => speakPseudo(context, en),
    look: (page, { ada, ben, cleo, newcomer, late }) => {
      const people = [ada, ben, cleo, newcomer, late].flatMap(({ username }) => [username])
      return page.evaluate(unmarked, { known: [...people, ...WRITTEN].sort((a, b) => b.length - a.length), others: OTHERS, ...MARKS })
    },
  })
  expect([...new Set(problems)]).toEqual([])
})

/** What people wrote and called things on the stage. */
const WRITTEN = [
  'The ferry leaves at *ten*. See', 'and `tide.csv`', 'The', 'ferry', 'leaves at *ten*. See', 'high', 'low', 'tide.csv', 'Who is on deck?', 'I am.', 'can you check the timetable?', 'Yes, **all of it**.',
  'ada', 'ben', 'cleo', 'dora', 'nadia', 'lars', 'harbour', 'quiet', 'Ships and tides', 'for the crew', 'Boats again', 'Sells boats', 'Good morning', 'Buy my boats', 'Also spam', 'Just between us', 'Nobody has read this', 'Laptop', 'On its way',
  // Of the data on emoji.
  'Segelboot',
]

test('in German the screen, plurals and days are German from the first moment, also offline, and the language changes at once with nothing lost', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'de-AT' })
  const page = await context.newPage()
  // Every text that was ever on the screen.
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seen_: seen })
    new MutationObserver(() => seen.push(document.body?.textContent ?? '')).observe(document, { childList: true, subtree: true, characterData: true })
  })
  const everSeen = () => page.evaluate(() => (window as unknown as { seen_: string[] }).seen_.join('\n'))
  await page.goto('/')
  await page.getByRole('button', { name: de.account.createAccount }).click()
  const name = uniqueName('ada')
  await page.getByRole('textbox', { name: de.account.email }).fill(`${name}@example.org`)
  await page.getByRole('textbox', { name: de.account.username }).fill(name)
  await page.getByRole('textbox', { name: de.account.displayName }).fill('Ada')
  await page.getByLabel(de.account.password, { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: de.account.createAccount }).click()
  await page.getByRole('navigation', { name: de.rooms.rooms }).waitFor()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  expect(await everSeen()).not.toContain(en.account.welcomeBack)

  await page.getByRole('button', { name: de.app.makeRoom }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(uniqueName('hafen'))
  await dialog.getByRole('button', { name: de.rooms.create }).click()
  const composer = page.getByRole('textbox', { name: de.composer.message, exact: true })
  await composer.fill('Guten Morgen')
  await composer.press('Enter')
  await expect(page.getByRole('article').filter({ hasText: 'Guten Morgen' })).toBeVisible()
  await expect(page.getByRole('log').getByText(de.common.today).first()).toBeVisible()

  await composer.fill('Ein halber Satz')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  await page.reload()
  await expect(composer).toHaveValue('Ein halber Satz')
  await expect(page.getByText(de.app.offlineBar)).toBeVisible()
  expect(await everSeen()).not.toContain(en.app.offline + en.app.offline)
  await context.setOffline(false)

  await page.evaluate(() => void (location.hash = '#/settings/appearance'))
  await page.getByRole('radio', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 2, name: en.settings.appearance })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goBack()
  await expect(page.getByRole('textbox', { name: en.composer.message, exact: true })).toHaveValue('Ein halber Satz')

  // The choice is the account's: a browser in German that signs in to it speaks English.
  const other = await (await browser.newContext({ baseURL: server.url, locale: 'de' })).newPage()
  await other.goto('/')
  await other.getByRole('textbox', { name: de.account.emailOrUsername }).fill(name)
  await other.getByLabel(de.account.password, { exact: true }).fill('correct horse battery')
  await other.getByRole('button', { name: de.account.signIn }).click()
  await expect(other.getByRole('navigation', { name: en.rooms.rooms })).toBeVisible()
  await expect(other.locator('html')).toHaveAttribute('lang', 'en')
  await other.context().close()
  await context.close()
})
