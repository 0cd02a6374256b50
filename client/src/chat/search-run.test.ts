import type { SearchPage } from '@chatflow/shared/api/search'
import { problem, type ErrorCode } from '@chatflow/shared/errors'
import { newId, type Id } from '@chatflow/shared/ids'
import type { QueryProblem } from '@chatflow/shared/search/query'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { HttpAnswer } from '../platform/platform.ts'
import type { QueuedCommand } from '../sync/command-queue.ts'
import { openPage, person, startServer, until } from '../sync/testing/harness.ts'
import { ManualClock } from '../sync/testing/manual-clock.ts'
import { buildOverlay } from './overlay.ts'
import { SearchRun } from './search-run.ts'
import type { RoomView, SearchAsk, SearchView } from './views.ts'

type Ask = { q: string; sort: string; before: string | null; tz: string; answer(page: Partial<SearchPage>): void; refuse(code: ErrorCode, more?: Partial<QueryProblem>): void }

/** A room with three messages on this device, and a server whose answers the test gives. */
async function searching() {
  const server = await startServer()
  const user = person()
  const room = newId()
  server.putRoom(room, 'harbour')
  server.putUser(user.id, room, { kind: 'public', name: 'harbour', role: 'member' })
  const ids = [newId(), newId(), newId()]
  for (const [i, id] of ids.entries()) server.putEntry(room, { seq: i + 1, id, text: `lamp ${'one two three'.split(' ')[i]}`, receivedAt: 1_000 + i })
  const asked: Ask[] = []
  const { core } = await openPage(server, user, {
    fetch: (url) => {
      if (!url.includes('/api/search')) return Promise.reject(new Error('offline'))
      const query = new URL(url).searchParams
      return new Promise<HttpAnswer>((resolve) => {
        asked.push({
          q: query.get('q') ?? '',
          sort: query.get('sort') ?? '',
          before: query.get('before'),
          tz: query.get('tz') ?? '',
          answer: (page) => resolve({ status: 200, json: async () => ({ results: [], people: {}, complete: true, ...page }) }),
          refuse: (code, more = {}) => resolve({ status: problem(code).status, json: async () => ({ ...problem(code), ...more }) }),
        })
      })
    },
  })
  core.openRoom(room)
  await until(core, () => core.entries(room).length === 3 && core.rooms.held(room)?.settled === true)
  const clock = new ManualClock()
  const rooms = [{ id: room, kind: 'public', name: 'harbour', with: [] }] as unknown as RoomView[]
  const overlay = () => buildOverlay(core.queue.list().filter((record) => core.isLaidOver(record, core.replicas())))
  const wake: (() => void)[] = []
  const run = new SearchRun({ core, clock, rooms: () => rooms, overlay, timeZone: () => 'Europe/Berlin', onChange: () => wake.splice(0).forEach((one) => one()) })
  onTestFinished(() => run.close())
  const view = (): SearchView => run.project(overlay(), rooms)
  /** Resolves when the view is so; looks whenever it may have changed. */
  const see = async (condition: (view: SearchView) => boolean): Promise<SearchView> => {
    while (!condition(view())) await new Promise<void>((resolve) => void wake.push(resolve))
    return view()
  }
  const ask = async (text: string, more: Partial<SearchAsk> = {}, now = true) => {
    run.set({ text, room: undefined, sort: 'new', ...more }, now)
    if (now) await clock.pass(0)
  }
  const texts = () => view().hits.map(({ excerpt }) => excerpt.text)
  const result = (n: number, id: Id = newId()) => ({ room, seq: 100 + n, id, by: user.id, sentAt: n, receivedAt: n, text: `lamp ${n} of the server`, ranges: [], cutBefore: false, cutAfter: false })
  const known = (i: number) => ({ ...result(i, ids[i]), seq: i + 1, text: `lamp ${'one two three'.split(' ')[i]}` })
  return { server, user, core, clock, run, room, ids, asked, view, see, ask, texts, result, known }
}

test('what this device has is there at once; the server’s answer takes its place if it comes soon', async () => {
  const { asked, ask, see, texts, known, result } = await searching()
  await ask('lamp')
  expect((await see(({ hits }) => hits.length === 3)).server).toBe('asking')
  expect(texts()).toEqual(['lamp three', 'lamp two', 'lamp one'])
  expect(asked).toMatchObject([{ q: 'lamp', sort: 'new', before: null, tz: 'Europe/Berlin' }])
  asked[0]?.answer({ results: [result(9), known(2), known(1), known(0)] })
  const view = await see(({ server }) => server === 'answered')
  expect(texts()).toEqual(['lamp 9 of the server', 'lamp three', 'lamp two', 'lamp one'])
  expect(view.onDevice).toBeUndefined()
})

test('once somebody reads, nothing moves: what the server has besides follows below', async () => {
  const { asked, ask, see, texts, known, result, run } = await searching()
  await ask('lamp')
  await see(({ hits }) => hits.length === 3)
  run.hold()
  asked[0]?.answer({ results: [result(9), known(2), known(1), known(0), result(8)] })
  const view = await see(({ server }) => server === 'answered')
  expect(texts()).toEqual(['lamp three', 'lamp two', 'lamp one', 'lamp 9 of the server', 'lamp 8 of the server'])
  expect(view.onDevice).toBe(3)
})

test('the same holds for an answer that comes late; one that begins with what is shown is simply longer', async () => {
  const { asked, ask, see, texts, clock, known, result } = await searching()
  await ask('lamp')
  await see(({ hits }) => hits.length === 3)
  await clock.pass(5_000)
  asked[0]?.answer({ results: [known(2), known(1), known(0), result(8)] })
  const view = await see(({ server }) => server === 'answered')
  expect(texts()).toEqual(['lamp three', 'lamp two', 'lamp one', 'lamp 8 of the server'])
  expect(view.onDevice).toBeUndefined()
})

test('typing asks after a pause, and answers to what was typed before do not count', async () => {
  const { asked, ask, see, clock, view, result } = await searching()
  await ask('lam', {}, false)
  await clock.pass(50)
  await ask('lamp', {}, false)
  await clock.pass(50)
  expect(view().looking).toBe(false)
  await clock.pass(1_000)
  await see(({ hits }) => hits.length === 3)
  expect(asked.map(({ q }) => q)).toEqual(['lamp'])
  await ask('lamp two')
  asked[0]?.answer({ results: [result(1)] })
  asked[1]?.answer({ results: [] })
  await see(({ server }) => server === 'answered')
  expect(view().hits.map(({ excerpt }) => excerpt.text)).not.toContain('lamp 1 of the server')
})

test('a room is searched alone, unless the text names one itself', async () => {
  const { asked, ask, room, see } = await searching()
  await ask('lamp', { room })
  await ask('lamp in:harbour', { room })
  await ask('-one', { room })
  expect(asked.map(({ q }) => q)).toEqual([`in:${room} lamp`, 'lamp in:harbour', `in:${room} -one`])
  await see(({ hits }) => hits.length === 2)
})

test('pages of the server follow one another', async () => {
  const { asked, ask, see, clock, result, run, view } = await searching()
  await ask('server')
  asked[0]?.answer({ results: [result(9)], next: 'n.1' })
  expect((await see(({ hits }) => hits.length === 1)).more).toBe(true)
  run.more()
  // Once is enough.
  run.more()
  await clock.pass(0)
  expect(asked).toHaveLength(2)
  expect(asked[1]?.before).toBe('n.1')
  asked[1]?.answer({ results: [result(8)] })
  await see(({ hits }) => hits.length === 2)
  expect(view().more).toBe(false)
})

test('without a network this device answers, says how far back, and the server is asked when it is there again', async () => {
  const { core, ask, see, asked, clock, texts, known, result } = await searching()
  const online = vi.spyOn(core, 'isOnline', 'get').mockReturnValue(false)
  await ask('lamp')
  const view = await see(({ hits }) => hits.length === 3)
  expect(view).toMatchObject({ server: 'unreachable', onDevice: 3, looking: false, device: { messages: 3, since: 1_000 } })
  expect(asked).toEqual([])
  // Somebody reads by now: what the server has besides goes below.
  await clock.pass(10_000)
  online.mockRestore()
  core.connection.stateChanged.emit(core.connection.state)
  await clock.pass(0)
  asked[0]?.answer({ results: [result(9), known(2), known(1), known(0)] })
  await see(({ server }) => server === 'answered')
  expect(texts()).toEqual(['lamp three', 'lamp two', 'lamp one', 'lamp 9 of the server'])
})

test('a server that says no is told of, and asked again later; what this device has stays', async () => {
  const { asked, ask, see, clock, texts } = await searching()
  await ask('lamp')
  await see(({ hits }) => hits.length === 3)
  asked[0]?.refuse('rate_limited')
  expect(await see(({ server }) => server === 'refused')).toMatchObject({ refusal: 'rate_limited' })
  expect(texts()).toHaveLength(3)
  await clock.pass(5_000)
  expect(asked).toHaveLength(2)
})

test('a server that fails while the connection is there is asked again', async () => {
  const { asked, ask, see, clock, result } = await searching()
  await ask('lamp')
  asked[0]?.refuse('internal')
  await see(({ server, hits }) => server === 'unreachable' && hits.length === 3)
  await clock.pass(5_000)
  asked[1]?.answer({ results: [result(9)] })
  await see(({ server }) => server === 'answered')
})

test('somebody whom only the server may know: where it fails that is said instead of searching for ever, and once it answers its results are shown', async () => {
  const { asked, ask, see, clock, texts, result } = await searching()
  await ask('lamp from:nobody')
  asked[0]?.refuse('internal')
  expect(await see(({ fault }) => fault !== undefined)).toMatchObject({ looking: false, server: 'unreachable', fault: { reason: 'person_unknown', at: 5, length: 11 } })
  await clock.pass(5_000)
  asked[1]?.answer({ results: [result(9)] })
  const view = await see(({ server }) => server === 'answered')
  expect([view.fault, texts()]).toEqual([undefined, ['lamp 9 of the server']])
})

test('the same is asked of the server when the network is there again', async () => {
  const { core, asked, ask, see, clock, texts, result } = await searching()
  const online = vi.spyOn(core, 'isOnline', 'get').mockReturnValue(false)
  await ask('lamp from:nobody')
  await see(({ fault, looking }) => fault?.reason === 'person_unknown' && !looking)
  await clock.pass(2_000)
  online.mockRestore()
  core.connection.stateChanged.emit(core.connection.state)
  await clock.pass(0)
  asked[0]?.answer({ results: [result(9)] })
  const view = await see(({ server }) => server === 'answered')
  expect([view.fault, texts()]).toEqual([undefined, ['lamp 9 of the server']])
})

test('what this device reads meanwhile is found while it goes on reading', async () => {
  const { core, ask, see, clock } = await searching()
  await ask('lamp')
  await see(({ hits }) => hits.length === 3)
  const find = vi.spyOn(core.search, 'find')
  for (let i = 0; i < 4; i += 1) {
    core.search.changed.emit()
    await clock.pass(300)
  }
  expect(find).toHaveBeenCalledTimes(2)
})

test('what is wrong is said with its place in what was typed: at once in the middle, at the end only after a pause or Enter', async () => {
  const { ask, clock, view, room, asked, see } = await searching()
  await ask('before:soon lamp', { room }, false)
  await clock.pass(100)
  expect(view().fault).toEqual({ reason: 'date_invalid', at: 0, length: 11 })
  await ask('lamp before:', { room }, false)
  await clock.pass(100)
  expect(view().fault?.at).not.toBe(5)
  await clock.pass(2_000)
  expect(view().fault).toEqual({ reason: 'value_missing', at: 5, length: 7 })
  await ask('lamp "open', { room })
  expect(view().fault).toEqual({ reason: 'quote_open', at: 5, length: 5 })
  // Names are known to the server.
  await ask('lamp from:nobody', { room })
  expect(view().fault).toBeUndefined()
  asked.at(-1)?.refuse('search_query_invalid', { at: `in:${room} `.length + 5, length: 11, reason: 'person_unknown' })
  expect((await see(({ fault }) => fault !== undefined)).fault).toEqual({ reason: 'person_unknown', at: 5, length: 11 })
})

test('[R6] a message that is deleted leaves the results, those of the server too; so does what is deleted here', async () => {
  const { core, asked, ask, see, texts, known, ids, room, server } = await searching()
  await ask('lamp')
  asked[0]?.answer({ results: [known(2), known(1), known(0)] })
  await see((view) => view.server === 'answered' && view.hits.length === 3)
  server.putEntry(room, { seq: 3, id: ids[2] ?? '', text: '', deleted: true, rev: 99 })
  await see(({ hits }) => hits.length === 2)
  expect(texts()).toEqual(['lamp two', 'lamp one'])
  await core.enqueue({ type: 'message.delete', room, message: ids[1] ?? '' })
  expect(texts()).toEqual(['lamp one'])
})

test('what is written here and not delivered is found, before what the server has', async () => {
  const { core, asked, ask, see, texts, room, result } = await searching()
  vi.spyOn(core.queue, 'list').mockReturnValue([{ id: newId(), command: { v: 1, id: newId(), type: 'message.send', room, at: 5, text: 'lamp on its way' }, status: 'waiting', sending: false, enteredAt: 5 } as unknown as QueuedCommand])
  await ask('lamp')
  await see(({ hits }) => hits.length === 4)
  expect(texts()).toContain('lamp on its way')
  asked[0]?.answer({ results: [result(9)] })
  await see(({ server }) => server === 'answered')
  expect(texts()).toEqual(['lamp on its way', 'lamp 9 of the server'])
})

test('an empty text is no search', async () => {
  const { ask, see, view, clock } = await searching()
  await ask('lamp')
  await see(({ hits }) => hits.length === 3)
  await ask('   ')
  await clock.pass(1_000)
  expect(view()).toMatchObject({ hits: [], looking: false })
})
