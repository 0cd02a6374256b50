import { type Database, openDatabase } from '@chatflow/database'
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'
import { search } from './search.ts'

it('a search that takes too long is given up by the database, and says so; what is written meanwhile does not wait for it', async () => {
  const db = await openDatabase({ url: await freshDatabase(await testPostgres()) })
  const http = await httpFixture(db, false)
  const ada = await addUser(db, 'ada')
  const room = newId()
  const command = (fields: Record<string, unknown>) => ({ commands: [{ v: 1, id: newId(), at: 1, room, ...fields }] })
  await http.post(ada, command({ type: 'room.create', kind: 'private', name: 'room', members: [] }))
  await http.post(ada, command({ type: 'message.send', text: 'patience' }))
  // The words of messages are looked at behind a view that takes its time.
  await db.query('alter table message_words rename to words_of_messages')
  await db.query('create view message_words as select w.* from words_of_messages w, (select pg_sleep(20)) slow')
  const slow = http.get(ada, '/api/search?q=patience')
  const others = [http.get(ada, '/api/search?q=patience'), http.get(ada, '/api/search?q=patience')]
  expect((await http.post(ada, command({ type: 'room.update', topic: 'meanwhile' }))).json()).toMatchObject({ results: [{ status: 'accepted' }] })
  const answer = await slow
  expect(answer.json()).toMatchObject({ code: 'search_too_slow', status: 503 })
  expect(answer.headers['retry-after']).toBe('5')
  await Promise.all(others)
  await http.close()
  await db.close()
})

it('a user searches 30 times at once and three times a second', async () => {
  const db = await openDatabase({ url: await freshDatabase(await testPostgres()) })
  const http = await httpFixture(db, true)
  const [ada, ben] = [await addUser(db, 'ada'), await addUser(db, 'ben')]
  const answers = []
  // A few at a time: of more, some would be refused for waiting.
  for (let n = 0; n < 10; n++) answers.push(...(await Promise.all(Array.from({ length: 4 }, () => http.get(ada, '/api/search?q=often')))))
  const codes = answers.map(({ statusCode }) => statusCode)
  expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(30)
  const refused = answers.find(({ statusCode }) => statusCode === 429)
  expect(refused?.json()).toMatchObject({ code: 'rate_limited' })
  expect(refused?.headers['retry-after']).toBeDefined()
  expect((await http.get(ben, '/api/search?q=often')).statusCode).toBe(200)
  await http.close()
  await db.close()
})

it('a search has one time for all of its statements', async () => {
  const db = await openDatabase({ url: await freshDatabase(await testPostgres()) })
  const http = await httpFixture(db, false)
  const ada = await addUser(db, 'ada')
  // Each statement takes two seconds: one alone is within the time, two are not.
  const slow: Pick<Database, 'tx' | 'query'> = {
    query: (...args) => db.query(...args),
    tx: (fn) => db.tx((q) => fn({ query: async <R extends object>(text: string, values?: readonly unknown[]) => (text.startsWith('set') || (await q.query('select pg_sleep(2)')), q.query<R>(text, values)) })),
  }
  await expect(search(slow as Database, { user: ada, role: 'member' }, { q: 'patience from:ada', sort: 'new', before: undefined, limit: 20, timeZone: 'UTC' }, Date.now())).rejects.toMatchObject({ code: 'search_too_slow' })
  await http.close()
  await db.close()
})
