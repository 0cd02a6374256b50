import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Page } from '@playwright/test'
import * as Y from 'yjs'
import { NotesOnScreen } from './harness/notes-on-screen.ts'
import { Person } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { expect, test as base } from './harness/test.ts'
import { Account, command } from './support/account.ts'
import { changeNotes } from './support/notes-writer.ts'
import { StockClient } from './support/stock-client.ts'
import { type HostileText, hostileTexts, MARKER } from './xss/corpus.ts'
import { inspect, Watch } from './xss/inspect.ts'

interface Scene {
  url: string
  /** Who looks: the administrator. */
  ada: Person
  watch: Watch
  /** Who attacks, over the protocol alone. */
  mallory: Account
  corpus: HostileText[]
}

const test = base.extend<{ scene: Scene }>({
  scene: [
    async ({ browser }, provide) => {
      const server = await TestServer.start()
      const ada = await Person.create(browser, server.url, 'ada')
      const watch = await Watch.over(ada.page)
      await ada.page.reload()
      await ada.connected()
      await provide({ url: server.url, ada, watch, mallory: await Account.register(server.url, 'mallory'), corpus: hostileTexts(server.url) })
      expect(watch.findings).toEqual([])
      expect(await inspect(ada.page)).toEqual([])
      await ada.close()
      await server.dispose()
    },
    // The start of a server is not on the time of the test.
    { timeout: 60_000 },
  ],
})

test('the corpus is large, and no text stands in it twice', () => {
  const corpus = hostileTexts('http://localhost')
  expect(corpus.length).toBeGreaterThanOrEqual(300)
  expect(new Set(corpus.map(({ text }) => text)).size).toBe(corpus.length)
  expect(corpus.filter(({ text }) => text.includes(MARKER)).length).toBeGreaterThanOrEqual(300)
})

test('what the test looks for, it finds', async ({ browser, server }) => {
  const page = await browser.newPage({ baseURL: server.url, bypassCSP: true })
  const watch = await Watch.over(page)
  await page.goto('/')
  expect(await inspect(page)).toEqual([])
  await page.evaluate((marker) => {
    const put = (name: string, attributes: Record<string, string>): void => {
      const element = document.createElement(name)
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
      document.body.append(element)
    }
    put('a', { href: 'javascript:void 0' })
    put('a', { href: 'https://example.org' })
    put('img', { src: `https://${marker}.invalid/` })
    put('p', { onclick: '__xss(1)' })
    put('p', { style: `background: url(https://${marker}.invalid/)` })
    put('p', { 'data-name': marker })
    put('iframe', {})
    put('p', { title: marker })
    document.querySelector<HTMLElement>('p[onclick]')?.click()
  }, MARKER)
  expect((await inspect(page)).map((finding) => finding.split(' ').slice(2).join(' '))).toEqual([
    'href=javascript:void 0',
    'href=javascript:void 0 without noopener',
    'href=https://example.org without noopener',
    `src=https://${MARKER}.invalid/`,
    'onclick=__xss(1)',
    `style=background: url(https://${MARKER}.invalid/)`,
    `data-name=${MARKER}`,
    'is there',
  ])
  await expect.poll(() => watch.findings).toEqual(expect.arrayContaining(['string 1 ran', `asked for https://${MARKER}.invalid/`]))
  await page.close()
})

test('as a message, an edit, an answer and its quote, every text is shown as the text that it is', async ({ scene }) => {
  const { url, ada, mallory, corpus } = scene
  const room = await openRoom(scene, 'harbour')
  const sent = corpus.map((hostile, index) => ({ hostile, command: command({ type: 'message.send', room, text: index % 3 === 1 ? 'harmless' : hostile.text }) }))
  const answers = await inOrder(mallory, url, sent.map((message) => message.command))
  // Only a character that no text may hold is refused, by its name.
  for (const [index, { hostile }] of sent.entries()) expect(answers[index]).toMatchObject(hostile.text.includes('\u0000') && index % 3 !== 1 ? { status: 'rejected', code: 'invalid_command' } : { status: 'accepted' })
  const kept = sent.filter((_, index) => answers[index]?.status === 'accepted')
  await inOrder(mallory, url, kept.filter(({ command: { text } }) => text === 'harmless').map(({ hostile, command: { id } }) => command({ type: 'message.edit', room, message: id, text: hostile.text })))
  // Every fifth is answered, so that it stands in a quote too.
  await inOrder(mallory, url, kept.filter((_, index) => index % 5 === 0).map(({ hostile, command: { id } }) => command({ type: 'message.send', room, text: `about ${hostile.n}`, replyTo: id })))

  await ada.openRoom('harbour')
  const missing = new Set(kept.map(({ command: { id } }) => id))
  const head = kept.length + Math.ceil(kept.length / 5) + 2
  for (let seq = 1; missing.size > 0 && seq <= head + 20; seq += 8) {
    await ada.page.evaluate((hash) => void (location.hash = hash), `#/rooms/${room}/at/${Math.min(seq, head)}`)
    await expect(ada.page.locator('.message-highlighted, .event')).not.toHaveCount(0)
    for (const id of await shown(ada.page)) missing.delete(id)
    expect(await inspect(ada.page)).toEqual([])
  }
  expect([...missing].map((id) => kept.find((message) => message.command.id === id)?.hostile.text)).toEqual([])
  // Nobody is harmed by the text that says so either: it is there, letter by letter.
  expect(await ada.page.evaluate(() => document.title)).not.toContain('undefined')
})

test('as names, topics, reactions, drafts and settings nothing runs, and what no field may hold is refused by name', async ({ scene }) => {
  const { url, ada, mallory, corpus } = scene
  const room = await openRoom(scene, 'harbour')
  const message = command({ type: 'message.send', room, text: 'to react to' })
  await mallory.command(url, message)

  const emoji = await inOrder(mallory, url, corpus.map(({ text }) => command({ type: 'message.react', room, message: message.id, emoji: text.slice(0, 32), on: true })))
  expect(new Set(emoji.map((answer) => (answer.status === 'rejected' ? answer.code : answer.status)))).toEqual(new Set(['accepted', 'invalid_command', 'too_many_reactions']))

  const short = corpus.filter(({ text }) => text.length <= LIMITS.roomName && text.trim() === text && !text.includes('\u0000'))
  const named = short.filter((_, index) => index % 3 === 0)
  const adaId = (await Account.login(url, ada.username)).id
  const rooms = await inOrder(mallory, url, named.map(({ text }, index) => command({ type: 'room.create', room: newId(), kind: index % 2 === 0 ? 'public' : 'private', name: text, topic: corpus[index * 2]?.text.replaceAll('\u0000', '') ?? '', members: [adaId] })))
  expect(new Set(rooms.map(({ status }) => status))).toEqual(new Set(['accepted']))
  await expect(ada.rooms.getByRole('link')).toHaveCount(rooms.length + 1)
  expect(await inspect(ada.page)).toEqual([])

  // Headers, panels and dialogs of some of them.
  for (const link of (await ada.rooms.getByRole('link').all()).slice(0, 12)) {
    await link.click()
    await expect(ada.page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await inspect(ada.page)).toEqual([])
  }
  await ada.page.getByRole('button', { name: 'Browse rooms' }).click()
  await expect(ada.page.getByRole('dialog').getByRole('listitem')).not.toHaveCount(0)
  expect(await inspect(ada.page)).toEqual([])
  await ada.page.keyboard.press('Escape')

  // A conversation, and what is pinned.
  const [root] = corpus.map(({ text }) => command({ type: 'message.send', room, text: text.replaceAll('\u0000', '') }))
  const answers = corpus.slice(0, 60).map(({ text }) => command({ type: 'message.send', room, text, replyTo: root?.id as Id }))
  await inOrder(mallory, url, [root as object, ...answers, command({ type: 'message.pin', room, message: root?.id as Id, on: true })])
  for (const panel of [`thread/${root?.id}`, 'pins', 'details', 'members']) {
    await ada.page.evaluate((hash) => void (location.hash = hash), `#/rooms/${room}/${panel}`)
    await expect(ada.page.getByRole('complementary').last()).toBeVisible()
    if (panel !== 'members') await expect(ada.page.getByRole('complementary').last()).toContainText(panel === 'details' ? 'harbour' : MARKER)
    expect(await inspect(ada.page)).toEqual([])
  }

  // Her own account, from a device that somebody has taken: settings of the wrong kind, and a draft.
  const taken = await Account.login(url, ada.username)
  const texts = corpus.filter(({ text }) => !text.includes('\u0000')).slice(0, 100)
  await inOrder(taken, url, texts.flatMap(({ text }) => ['notify', 'density', 'hours', `level:${room}`, `star:${room}`].map((key) => command({ type: 'me.set', key, value: text }))))
  await inOrder(taken, url, texts.map(({ text }) => command({ type: 'message.schedule', room, text, sendAt: Date.now() + 7 * 24 * 3_600_000 })))
  await ada.page.evaluate(() => void (location.hash = '#/scheduled'))
  await expect(ada.page.getByText(MARKER).first()).toBeVisible()
  expect(await inspect(ada.page)).toEqual([])
  await ada.page.evaluate((hash) => void (location.hash = hash), `#/rooms/${room}`)
  await inOrder(taken, url, [command({ type: 'draft.set', room, text: corpus.map(({ text }) => text).join('\n').replaceAll('\u0000', '').slice(0, LIMITS.messageText) })])
  await expect(ada.composer).toHaveValue(new RegExp(MARKER))
  expect(await inspect(ada.page)).toEqual([])
})

test('as a name of a person, in awareness and on the pages of settings, reports and administration nothing runs', async ({ scene, browser }) => {
  const { url, ada, mallory, corpus } = scene
  const room = await openRoom(scene, 'harbour')
  const names = corpus.filter(({ text, family }, index) => text.length <= 64 && text.trim() !== '' && !text.includes('\u0000') && (index % 9 === 0 || family === 'shapes'))
  await ada.openRoom('harbour')

  // Typing and presence, said by a client that says what it likes.
  const stock = new StockClient(url, mallory.token)
  const { provider } = await stock.open(`room/${room}`)
  provider.setAwarenessField('user', { id: mallory.id, username: names[0]?.text, displayName: `<img src=x onerror=__xss(0)>${MARKER}`, avatar: `"><script>__xss(0)</script>${MARKER}` })
  provider.setAwarenessField('status', `<img src=x onerror=__xss(0)>${MARKER}`)
  provider.setAwarenessField('typing', true)
  await expect(ada.page.getByText(/is typing/)).toBeVisible()
  expect(await ada.page.content()).not.toContain(MARKER)

  // Her name changes under everyone's eyes; each message, panel and page that shows it changes with it.
  await mallory.command(url, command({ type: 'message.send', room, text: 'by whom?' }))
  await ada.page.getByRole('button', { name: /members/ }).click()
  for (const { text, n } of names) {
    const answer = await fetch(`${url}/api/auth/me`, { method: 'PATCH', headers: { 'content-type': 'application/json', authorization: `Bearer ${mallory.token}` }, body: JSON.stringify({ displayName: text }) })
    expect([200, 422]).toContain(answer.status)
    // And with it what she says of herself.
    expect(await mallory.command(url, command({ type: 'me.set', key: 'status', value: { text: text.slice(0, LIMITS.statusText) } }))).toMatchObject([{ status: 'accepted' }])
    if (n % 3 !== 0) continue
    await expect(ada.page.getByRole('complementary')).toContainText(text.trim().normalize('NFC').slice(0, 8).trim())
    expect(await inspect(ada.page)).toEqual([])
  }
  stock.destroy()

  // A report with hostile words, a ban with a hostile reason, a sign-in by a hostile browser.
  const message = command({ type: 'message.send', room, text: 'reported' })
  const author = await Account.login(url, ada.username)
  await author.command(url, message)
  const notes = corpus.filter(({ text }) => !text.includes('\u0000')).slice(-LIMITS.openReportsPerMember)
  const reported = notes.map(() => command({ type: 'message.send', room, text: 'reported' }))
  await inOrder(author, url, reported)
  await inOrder(mallory, url, notes.map(({ text }, index) => command({ type: 'message.report', room, message: reported[index]?.id as Id, reason: 'other', note: text })))
  await Promise.all(
    corpus.slice(0, 8).map(({ text }) => fetch(`${url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': text.replaceAll(/[^\x20-\x7e]/g, '') }, body: JSON.stringify({ login: ada.username, password: ada.password }) })),
  )
  for (const address of ['#/reports/open', '#/settings/profile', '#/settings/account', '#/settings/devices', '#/settings/security', '#/admin/people', '#/admin/rooms', '#/admin/audit', '#/admin/invitations']) {
    await ada.page.evaluate((hash) => void (location.hash = hash), address)
    await expect(ada.page.getByRole('heading', { level: 2 })).not.toHaveCount(0)
    await ada.page.waitForLoadState('networkidle')
    expect(await inspect(ada.page)).toEqual([])
  }

  // Addresses that somebody is made to click.
  for (const { text } of corpus.filter((_, index) => index % 12 === 0)) {
    for (const place of ['rooms', 'verify', 'reset', 'invite', 'settings', 'admin']) await ada.page.evaluate((hash) => void (location.hash = hash), `#/${place}/${text}`)
    expect(await inspect(ada.page)).toEqual([])
  }

  // The page of mails, which hold names.
  const mails = await browser.newPage()
  const watch = await Watch.over(mails)
  await mails.goto(`${url}/dev/mail`)
  await expect(mails.getByRole('article')).not.toHaveCount(0)
  expect(await inspect(mails)).toEqual([])
  expect(watch.findings).toEqual([])
  await mails.close()
})

/** A public room of Mallory's in which Ada is. */
test('in notes, as text, kind, name, attribute, mark, address or cursor, nothing runs, and everyone goes on writing', async ({ scene }) => {
  const { url, ada, mallory, corpus } = scene
  const room = await openRoom(scene, 'harbour')
  const texts = corpus.map(({ text }) => text.replaceAll('\u0000', '').replaceAll('\r', ''))
  const block = (kind: string, text: Y.XmlText | string, name = 'block') => {
    const element = new Y.XmlElement(name)
    element.setAttribute('kind', kind)
    element.insert(0, [typeof text === 'string' ? new Y.XmlText(text) : text])
    return element
  }
  for (let from = 0; from < texts.length; from += 60) {
    await changeNotes(url, mallory, room, (fragment) => {
      for (const hostile of texts.slice(from, from + 60)) {
        const marked = new Y.XmlText()
        fragment.push([block('paragraph', hostile), block(hostile, 'kind'), block('paragraph', 'name', hostile), block('task', marked), block('code', hostile)])
        marked.insert(0, 'link', { link: { href: hostile }, [hostile]: { style: hostile } })
        marked.insertEmbed(0, { image: hostile })
        const odd = block('bullet', 'attribute')
        for (const attribute of ['style', 'onclick', 'class', 'indent', 'checked', 'href', 'src', 'contenteditable']) odd.setAttribute(attribute, hostile)
        odd.setAttribute(hostile.slice(0, 100), 'x')
        fragment.push([odd])
      }
    })
  }
  const client = new StockClient(url, mallory.token)
  const { provider } = await client.open(docName.notes(room))

  await ada.openRoom('harbour')
  const notes = await NotesOnScreen.open(ada)
  await expect(notes.text.locator(':scope > *')).toHaveCount(texts.length * 6)
  for (const cursor of [texts[0], { anchor: texts[1], head: texts[2] }, { anchor: { tname: texts[3] }, head: { item: { client: texts[4], clock: -1 } } }]) provider.setAwarenessField('cursor', cursor)
  // Whatever it is, it is there letter by letter.
  const shown = new Set(await notes.text.locator('p').evaluateAll((paragraphs) => paragraphs.map((paragraph) => (paragraph as HTMLElement).textContent)))
  expect(texts.map((text) => text.replaceAll('\n', '')).filter((text) => !shown.has(text))).toEqual([])
  expect(await inspect(ada.page)).toEqual([])
  await notes.type('Ada writes on')
  await notes.saved()
  expect((await notes.lines()).at(-1)).toContain('Ada writes on')
  expect(await inspect(ada.page)).toEqual([])
  client.destroy()
})

async function openRoom({ url, ada, mallory }: Scene, name: string): Promise<Id> {
  const room = newId()
  const { id } = (await Account.login(url, ada.username)).user
  expect(await mallory.command(url, command({ type: 'room.create', room, kind: 'public', name, members: [id] }))).toMatchObject([{ status: 'accepted' }])
  await expect(ada.rooms.getByRole('link', { name })).toBeVisible()
  return room
}

/** As many requests as the commands need, one after another. */
async function inOrder(account: Account, url: string, commands: readonly object[]): Promise<Awaited<ReturnType<Account['command']>>> {
  const answers = []
  for (let from = 0; from < commands.length; from += LIMITS.httpCommands) answers.push(...(await account.command(url, ...commands.slice(from, from + LIMITS.httpCommands))))
  return answers
}

/** Ids of the messages that the page shows now. */
function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll('[data-message]')].map((element) => element.getAttribute('data-message') ?? ''))
}
