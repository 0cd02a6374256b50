import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { JobHandlers } from '@chatflow/server-kit/jobs/job-worker'
import { createMemoryLimits } from '@chatflow/server-kit/memory-limits'
import { twoColours } from '@chatflow/server-kit/testing/pictures'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry, Preview } from '@chatflow/shared/entry'
import { newId, type Id } from '@chatflow/shared/ids'
import type * as Y from 'yjs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'
import { testGuard, WebServer } from '../testing/web-server.ts'
import { createPageFetcher } from './page-fetcher.ts'
import { previewJobs } from './preview-jobs.ts'
import { forgetOldPages } from './preview-rows.ts'
import { setLinkPreviews } from './preview-setting.ts'

const DAY = 24 * 3_600_000
const silent = { warn: () => undefined }

describe.each(testDatabases())('previews on $name, on two instances', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let web: WebServer
  let ada: Id
  let room: Id
  let now: number
  let handlers: JobHandlers

  beforeAll(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
  })

  afterAll(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  beforeEach(async () => {
    web = await WebServer.start()
    // Ahead of the clock by which commands are committed, so that their jobs are due.
    now = Date.now() + 60_000
    handlers = handlersOf(undefined)
    room = newId()
    await db.tx((q) => setLinkPreviews(q, true))
    await submit({ type: 'room.create', room, kind: 'private', name: 'room', members: [] })
    const picture = await twoColours(600, 400).jpeg(90)
    web.at('/p.jpg', (answer) => void answer.setHeader('content-type', 'image/jpeg').end(picture))
  })

  afterEach(async () => {
    await web.close()
    for (const table of ['jobs', 'link_pages', 'preview_images']) await db.query(`delete from ${table}`)
  })

  const handlersOf = (limits: ReturnType<typeof createMemoryLimits> | undefined): JobHandlers =>
    previewJobs({ db, pages: createPageFetcher({ guard: testGuard([web.port]), limits, log: silent }), follow: (effects) => one.core.follow(effects), limits, now: () => now })
  const submit = (fields: Record<string, unknown>, user = ada): Promise<CommandResult> => one.core.submit(user, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)
  const link = (path: string): string => `http://page.example.org:${web.port}${path}`
  const say = async (text: string, at = room): Promise<Id> => {
    const id = newId()
    await submit({ type: 'message.send', id, room: at, text })
    return id
  }
  const page = (path: string, title: string, more = ''): void => web.at(path, `<title>${title}</title>${more}`)
  const withPicture = (path: string, title: string): void => page(path, title, '<meta property="og:image" content="/p.jpg">')
  /** Does the jobs that are due, one after another. Answers how many there were. */
  const work = async (): Promise<number> => {
    for (let done = 0; ; done += 1) {
      const { rows } = await db.query<{ id: Id; payload: { room: Id; message: Id } }>("select id, payload from jobs where type = 'message.previews' and run_at <= $1 order by run_at, id limit 1", [now])
      const [job] = rows
      if (job === undefined) return done
      await db.query('delete from jobs where id = $1', [job.id])
      await handlers['message.previews']?.(job.payload, { id: job.id, attempt: 1 })
    }
  }
  const rowOf = async (id: Id): Promise<{ previews: Preview[] | null; rev: number; edited_at: number | null }> => (await db.query<{ previews: Preview[] | null; rev: number; edited_at: number | null }>('select previews, rev, edited_at from messages where id = $1', [id])).rows[0] ?? { previews: null, rev: 0, edited_at: null }
  const titles = async (id: Id): Promise<string[]> => ((await rowOf(id)).previews ?? []).map(({ title }) => title)
  const entryIn = (doc: Y.Doc, id: Id): Entry | undefined => [...doc.getMap<Entry>('log').values()].find((entry) => entry.id === id)
  const kept = async (): Promise<{ pages: number; images: number }> => {
    const { rows } = await db.query<{ pages: number; images: number }>(`select (select count(*) from link_pages) as pages, (select count(*) from preview_images) as images`)
    return { pages: Number(rows[0]?.pages), images: Number(rows[0]?.images) }
  }

  it('off, as they are from the beginning, nothing is fetched and nothing is queued', async () => {
    await db.query('delete from sync_settings')
    page('/a', 'A')
    const id = await say(`see ${link('/a')}`)
    expect((await db.query('select 1 from jobs')).rows).toEqual([])
    // Switched off between the writing and the fetching.
    await db.tx((q) => setLinkPreviews(q, true))
    await say(`see ${link('/a')}`)
    await db.tx((q) => setLinkPreviews(q, false))
    expect(await work()).toBe(1)
    expect(web.asked).toEqual([])
    expect(await titles(id)).toEqual([])
  })

  it('[R3] come into every replica of the message, with a new rev and no mark of an edit', async () => {
    withPicture('/a', 'The page')
    const log = docName.log(room, 0)
    const here = await one.connect(ada).open(log)
    const there = await two.connect(ada).open(log)
    const id = await say(`see ${link('/a')}`)
    const before = await rowOf(id)
    await until(() => entryIn(there.doc, id) !== undefined, 'the message is there')
    await work()
    for (const { doc } of [here, there]) await until(() => entryIn(doc, id)?.previews?.[0]?.title === 'The page', 'the preview is there')
    const after = await rowOf(id)
    expect(after.rev).toBeGreaterThan(before.rev)
    expect(after.edited_at).toBeNull()
    expect(entryIn(here.doc, id)).toEqual(entryIn(there.doc, id))
    expect(after.previews).toEqual([{ url: link('/a'), title: 'The page', image: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    // A repeat finds them there.
    await handlers['message.previews']?.({ room, message: id }, { id: newId(), attempt: 2 })
    expect((await rowOf(id)).rev).toBe(after.rev)
  })

  it('are those of the first three links, in the order of the text, each fetched by itself', async () => {
    for (const name of ['a', 'b', 'c', 'd']) page(`/${name}`, name)
    const id = await say(`${link('/c')} ${link('/none')} <${link('/d')}> \`${link('/d')}\` ${link('/a#x')} ${link('/b')}`)
    await work()
    expect(await titles(id)).toEqual(['c', 'a'])
    expect(web.paths.sort()).toEqual(['/a', '/c', '/none'])
  })

  it('are fetched once for many messages, a week long; a failure is not tried again for an hour', async () => {
    page('/a', 'A')
    const ids = [await say(link('/a')), await say(`again ${link('/a')}`), await say(`${link('/gone')}`)]
    // Together, as several workers would.
    const jobs = (await db.query<{ payload: { room: Id; message: Id } }>('select payload from jobs')).rows
    await db.query('delete from jobs')
    await Promise.all(jobs.map(async ({ payload }) => handlers['message.previews']?.(payload, { id: newId(), attempt: 1 })))
    expect(await Promise.all(ids.map(titles))).toEqual([['A'], ['A'], []])
    expect(web.paths.sort()).toEqual(['/a', '/gone'])
    now += 3_500_000
    await say(`${link('/gone')} ${link('/a')}`)
    await work()
    expect(web.asked).toHaveLength(2)
    now += 200_000
    page('/gone', 'Found')
    const found = await say(`${link('/gone')} ${link('/a')}`)
    await work()
    expect(await titles(found)).toEqual(['Found', 'A'])
    expect(web.paths.slice(2)).toEqual(['/gone'])
    now += 7 * DAY
    page('/a', 'A, a week later')
    const late = await say(link('/a'))
    await work()
    expect(await titles(late)).toEqual(['A, a week later'])
    // What was shown stays as it was.
    expect(await titles(ids[0] ?? '')).toEqual(['A'])
  })

  it('[R6] go with their message: text, picture and what was kept of the page', async () => {
    withPicture('/a', 'planted-canary-title')
    const log = docName.log(room, 0)
    const { doc } = await two.connect(ada).open(log)
    const id = await say(`see ${link('/a')} ${link('/failed-canary')}`)
    await work()
    await until(() => entryIn(doc, id)?.previews !== undefined, 'the preview is there')
    expect(await kept()).toEqual({ pages: 2, images: 1 })
    await submit({ type: 'message.delete', room, message: id })
    expect(await kept()).toEqual({ pages: 0, images: 0 })
    await until(() => entryIn(doc, id)?.deleted === true, 'the deletion is there')
    expect(entryIn(doc, id)?.previews).toBeUndefined()
    for (const table of ['messages', 'link_pages', 'preview_images', 'jobs', 'commands', 'audit_log', 'documents']) {
      const { rows } = await db.query<Record<string, unknown>>(`select * from ${table}`)
      const bytes = JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
      expect([table, /planted-canary|failed-canary/.test(bytes)]).toEqual([table, false])
    }
  })

  it('[R6] stay for another message that has them, and go with the last', async () => {
    withPicture('/a', 'A')
    const other = newId()
    await submit({ type: 'room.create', room: other, kind: 'private', name: 'other', members: [] })
    const ids = [await say(link('/a')), await say(link('/a'), other)]
    await work()
    await submit({ type: 'message.delete', room, message: ids[0] })
    expect(await kept()).toEqual({ pages: 1, images: 1 })
    expect(await titles(ids[1] ?? '')).toEqual(['A'])
    await submit({ type: 'message.delete', room: other, message: ids[1] })
    expect(await kept()).toEqual({ pages: 0, images: 0 })
  })

  it('[R6] of a message that is deleted while its page is fetched are not kept', async () => {
    const asked = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    web.at('/slow', (answer) => {
      asked.resolve()
      void go.promise.then(() => answer.setHeader('content-type', 'text/html').end('<title>Late</title>'))
    })
    const id = await say(link('/slow'))
    const working = work()
    await asked.promise
    await submit({ type: 'message.delete', room, message: id })
    go.resolve()
    await working
    expect(await titles(id)).toEqual([])
    expect(await kept()).toEqual({ pages: 0, images: 0 })
  })

  it('follow an edit: a link that goes takes its preview along, a new one gets its own, others stay as they are', async () => {
    page('/a', 'A')
    page('/b', 'B')
    page('/c', 'C')
    const id = await say(`${link('/a')} ${link('/b')}`)
    await work()
    await submit({ type: 'message.edit', room, message: id, text: `only ${link('/b')} and ${link('/c')} and <${link('/a')}>` })
    expect(await titles(id)).toEqual(['B'])
    expect((await kept()).pages).toBe(1)
    await work()
    expect(await titles(id)).toEqual(['B', 'C'])
    expect(web.paths.filter((path) => path === '/b')).toHaveLength(1)
    // Nothing to fetch, nothing queued.
    await submit({ type: 'message.edit', room, message: id, text: `Only ${link('/b')} and ${link('/c')}` })
    expect((await db.query('select 1 from jobs')).rows).toEqual([])
  })

  it('are taken away by the author, for good, and can be asked for again', async () => {
    page('/a', 'A')
    page('/b', 'B')
    const id = await say(`${link('/a')} ${link('/b')}`)
    await work()
    const off = { type: 'message.preview', room, message: id, url: link('/a'), on: false }
    expect(await submit(off)).toMatchObject({ status: 'accepted' })
    expect(await titles(id)).toEqual(['B'])
    const { rev } = await rowOf(id)
    expect(await submit(off)).toMatchObject({ status: 'accepted' })
    expect((await rowOf(id)).rev).toBe(rev)
    // It does not come back with an edit.
    await submit({ type: 'message.edit', room, message: id, text: `see ${link('/a')} ${link('/b')}` })
    await work()
    expect(await titles(id)).toEqual(['B'])
    await submit({ ...off, on: true })
    await work()
    expect(await titles(id)).toEqual(['A', 'B'])
    // What is no link of the message is none that could have a preview.
    expect(await submit({ ...off, url: link('/c') })).toMatchObject({ status: 'accepted' })
    expect(await titles(id)).toEqual(['A', 'B'])
  })

  it('[R12] are taken away by nobody else', async () => {
    page('/a', 'A')
    const ben = await addUser(db, `ben-${newId().slice(-6)}`)
    const stranger = await addUser(db, `cleo-${newId().slice(-6)}`)
    await submit({ type: 'member.add', room, user: ben })
    await submit({ type: 'member.role', room, user: ben, role: 'owner' })
    const id = await say(link('/a'))
    await work()
    const off = { type: 'message.preview', room, message: id, url: link('/a'), on: false }
    expect(await submit(off, ben)).toMatchObject({ code: 'forbidden' })
    expect(await submit(off, stranger)).toMatchObject({ code: 'not_a_member' })
    await submit({ type: 'message.delete', room, message: id })
    expect(await submit(off)).toMatchObject({ code: 'message_deleted' })
  })

  it('that are taken away before they came do not come', async () => {
    page('/a', 'A')
    const id = await say(link('/a'))
    await submit({ type: 'message.preview', room, message: id, url: link('/a'), on: false })
    await work()
    expect(await titles(id)).toEqual([])
    expect(web.asked).toEqual([])
  })

  it('wait for a host that is asked too often, and are given up after some time', async () => {
    handlers = handlersOf(createMemoryLimits(() => now))
    for (let i = 0; i < 12; i += 1) page(`/${i}`, `Page ${i}`)
    const ids: Id[] = []
    for (let i = 0; i < 12; i += 1) ids.push(await say(link(`/${i}`)))
    await work()
    expect(web.asked).toHaveLength(10)
    now += 1_000
    await work()
    expect(web.asked).toHaveLength(11)
    now += 5_000
    await work()
    expect((await Promise.all(ids.map(titles))).flat()).toHaveLength(12)
    expect((await db.query('select 1 from jobs')).rows).toEqual([])
  })

  it('of one who links without end are not made beyond thirty', async () => {
    handlers = handlersOf(createMemoryLimits(() => now))
    for (let i = 0; i < 33; i += 1) {
      page(`/${i}`, `Page ${i}`)
      await say(`http://host${i}.example.org:${web.port}/${i}`)
    }
    await work()
    expect(web.asked).toHaveLength(30)
    expect((await db.query('select 1 from jobs')).rows).toEqual([])
  })

  it('of pages that nobody shows any more are forgotten when their time has passed', async () => {
    withPicture('/a', 'A')
    withPicture('/b', 'B')
    const shown = await say(link('/a'))
    await say(`${link('/b')} ${link('/none')}`)
    await work()
    // Lost by another way than a command.
    await db.query('update messages set previews = null where room_id = $1 and id <> $2', [room, shown])
    expect(await kept()).toEqual({ pages: 3, images: 2 })
    await db.tx((q) => forgetOldPages(q, now + 2 * 3_600_000))
    expect(await kept()).toEqual({ pages: 2, images: 2 })
    await db.tx((q) => forgetOldPages(q, now + 8 * DAY))
    // The picture of the message stays with it.
    expect(await kept()).toEqual({ pages: 0, images: 1 })
    await submit({ type: 'message.delete', room, message: shown })
    expect(await kept()).toEqual({ pages: 0, images: 0 })
  })

  it('are offered or not in the own document of everybody, wherever it is loaded', async () => {
    const here = await one.connect(ada).open(docName.user(ada))
    const there = await two.connect(ada).open(docName.user(ada))
    const offered = ({ doc }: { doc: Y.Doc }): unknown => doc.getMap('server').get('linkPreviews')
    expect([offered(here), offered(there)]).toEqual([true, true])
    await db.tx((q) => setLinkPreviews(q, false))
    await until(() => offered(here) === undefined && offered(there) === undefined, 'they are not offered any more')
    await db.tx((q) => setLinkPreviews(q, true))
    await until(() => offered(here) === true && offered(there) === true, 'they are offered again')
  })
})
