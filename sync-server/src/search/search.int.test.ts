import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { SearchPage } from '@chatflow/shared/api/search'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'
import { startIndexer } from './indexer.ts'

const silent = { warn: () => undefined }
/** Its words, all different, have forms that are many times as long as what is written. */
const SWELLING = Array.from({ length: 840 }, (_, n) => `${String.fromCodePoint(0xac00 + n)}äﷺﷺﷺﷺﷺﷺaB#`).join(' ')

describe.each(testDatabases())('searching on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let ada: Id
  let ben: Id
  let eve: Id
  let guest: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
    guest = await addUser(db, 'gast', 'guest')
    await db.query("update users set display_name = 'Ben Köhler' where id = $1", [ben])
  })

  afterAll(async () => {
    await http.close()
    await db.close()
  })

  const send = async (user: Id, fields: Record<string, unknown>): Promise<Id> => {
    const id = newId()
    const answer = await http.post(user, { commands: [{ v: 1, id, at: Date.now(), ...fields }] })
    expect(answer.json<{ results: unknown[] }>().results[0]).toMatchObject({ status: 'accepted' })
    return id
  }
  const makeRoom = async (members: Id[] = [ben], name = 'room', kind: 'public' | 'private' = 'private'): Promise<Id> => {
    const room = newId()
    await send(ada, { type: 'room.create', room, kind, name, members })
    return room
  }
  const say = (room: Id, text: string, by: Id = ada, more: Record<string, unknown> = {}): Promise<Id> => send(by, { type: 'message.send', room, text, ...more })
  const pathOf = (q: string, more: Record<string, string> = {}) => `/api/search?${new URLSearchParams({ q, ...more }).toString()}`
  const page = async (user: Id, q: string, more: Record<string, string> = {}): Promise<SearchPage> => {
    const answer = await http.get(user, pathOf(q, more))
    expect([q, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([q, 200, ''])
    return answer.json()
  }
  const texts = async (user: Id, q: string, more: Record<string, string> = {}): Promise<string[]> => (await page(user, q, { sort: 'new', ...more })).results.map(({ text }) => text)
  const problemOf = async (user: Id, q: string, more: Record<string, string> = {}) => {
    const answer = await http.get(user, pathOf(q, more))
    expect(answer.headers['content-type']).toContain('application/problem+json')
    return answer.json<Record<string, unknown>>()
  }
  /** How often a word stands in the index, in any room. */
  const inIndex = async (text: string): Promise<number> => (await db.query<{ n: number }>('select count(*) as n from message_words where words::text like $1', [`%${text}%`])).rows[0]?.n ?? -1

  describe('what is found', () => {
    it('tells of each message where it is, who wrote it and when, and what in it was found', async () => {
      const room = await makeRoom()
      const id = await say(room, 'The Straße to the needle-one is long', ben)
      const { results, people, complete, next } = await page(ada, 'strasse needle-one')
      expect(results).toEqual([
        { room, seq: 2, id, by: ben, sentAt: expect.any(Number), receivedAt: expect.any(Number), text: 'The Straße to the needle-one is long', ranges: [{ start: 4, end: 10 }, { start: 18, end: 28 }], cutBefore: false, cutAfter: false },
      ])
      expect(people).toEqual({ [ben]: { username: 'ben', displayName: 'Ben Köhler' } })
      expect([complete, next]).toEqual([true, undefined])
    })

    it('shows the part of a long message around what was found', async () => {
      const room = await makeRoom()
      await say(room, `${'lorem ipsum '.repeat(500)}needletwo ${'dolor sit '.repeat(500)}`)
      const [result] = (await page(ada, 'needletwo')).results
      expect(result?.text.length).toBeLessThanOrEqual(LIMITS.searchExcerpt)
      expect(result?.ranges.map(({ start, end }) => result.text.slice(start, end))).toEqual(['needletwo'])
      expect([result?.cutBefore, result?.cutAfter]).toEqual([true, true])
    })

    it('takes words, phrases, beginnings, identifiers, addresses, characters without spaces and emoji, and leaves out what is not to be found', async () => {
      const room = await makeRoom()
      const said = ['alpha beta gamma', 'gamma beta alpha', 'call foo_barBaz now', 'see https://docs.example.org/guide/getting-started?x=1', 'PROJ-4711 is v1.2.3', '我们明天部署新版本', 'done 🎉', 'Frau Müller fährt', 'written in C++', "it's 100% 'quoted' & | ! (odd) \\ :*"]
      for (const text of said) await say(room, text)
      const found = async (q: string) => (await texts(ada, `in:${room} ${q}`)).map((text) => said.indexOf(text)).sort((a, b) => a - b)
      expect(await found('alpha gamma')).toEqual([0, 1])
      expect(await found('"alpha beta"')).toEqual([0])
      expect(await found('alp')).toEqual([0, 1])
      expect(await found('"alp"')).toEqual([])
      expect(await found('beta -"beta gamma"')).toEqual([1])
      expect(await found('alpha -gamma')).toEqual([])
      for (const q of ['foo_barBaz', 'foo', 'barbaz', 'foobarbaz', 'bar_baz', 'foo-bar']) expect([q, await found(q)]).toEqual([q, [2]])
      for (const q of ['https://docs.example.org/guide/getting-started?x=1', 'example.org', 'docs.example.org', 'guide/getting', 'getting-started']) expect([q, await found(q)]).toEqual([q, [3]])
      expect([await found('PROJ-4711'), await found('proj-471'), await found('v1.2.3'), await found('1.2.3')]).toEqual([[4], [], [4], []])
      expect([await found('部署'), await found('明天部署'), await found('署部')]).toEqual([[5], [5], []])
      expect([await found('🎉'), await found('👍')]).toEqual([[6], []])
      expect([await found('mueller'), await found('MULLER fahrt'), await found('Müller')]).toEqual([[7], [7], [7]])
      expect([await found('C++'), await found('C#')]).toEqual([[8], []])
      expect([await found("100 \"it's\""), await found('quoted odd')]).toEqual([[9], [9]])
    })

    it('puts the best first: whole words before longer ones, words together before words apart, and of equals the newer one', async () => {
      const room = await makeRoom()
      for (const text of ['articlewise it is not', 'the artworks there, modernised', 'we like modern art most', 'we like modern art most.', 'art is nothing modern']) await say(room, text)
      const found = (await page(ada, `modern art in:${room}`)).results.map(({ text }) => text)
      expect(found).toEqual(['we like modern art most.', 'we like modern art most', 'art is nothing modern', 'the artworks there, modernised'])
      expect(await texts(ada, `modern art in:${room}`)).toEqual(['art is nothing modern', 'we like modern art most.', 'we like modern art most', 'the artworks there, modernised'])
    })

    it('knows who wrote, where, when and what a message has', async () => {
      const room = await makeRoom([ben, eve], 'Two Words')
      const first = await say(room, 'filtered one `code`')
      await say(room, 'filtered two https://example.org', ben)
      await say(room, 'filtered three', eve, { replyTo: first })
      const last = await say(room, 'filtered four', ben)
      await send(ben, { type: 'message.react', room, message: last, emoji: '👍', on: true })
      await send(ada, { type: 'message.pin', room, message: last, on: true })
      const found = async (q: string, more = {}) => (await texts(ada, `filtered ${q}`, more)).map((text) => text.split(' ')[1])
      expect(await found('from:ben')).toEqual(['four', 'two'])
      expect(await found('from:"ben köhler"')).toEqual(['four', 'two'])
      expect(await found('from:me')).toEqual(['one'])
      expect(await found(`from:@Eve from:${ada}`)).toEqual(['three', 'one'])
      expect(await found('-from:ben')).toEqual(['three', 'one'])
      expect(await found('in:#two-words from:eve')).toEqual(['three'])
      expect(await found('in:"two words" has:code')).toEqual(['one'])
      expect(await found('-has:link -has:code')).toEqual(['four', 'three'])
      expect(await found('has:link')).toEqual(['two'])
      expect(await found('has:reaction')).toEqual(['four'])
      expect(await found('has:pin -has:thread')).toEqual(['four'])
      expect(await found('has:thread')).toEqual(['one'])
      expect(await found('has:file')).toEqual([])
      expect(await found('on:today')).toHaveLength(4)
      expect(await found('after:yesterday before:2100-01-01')).toHaveLength(4)
      expect(await found('before:today')).toEqual([])
      expect(await texts(ada, 'in:two_words')).toHaveLength(4)
      expect(await texts(ada, 'in:two-words has:pin')).toEqual(['filtered four'])
      expect(await texts(ada, 'in:two-words -filtered')).toEqual([])
      expect(await texts(ada, 'from:ben in:two-words -four')).toEqual(['filtered two https://example.org'])
    })

    it('means by a name whoever has it as a username, however many have it as their display name', async () => {
      const room = await makeRoom()
      for (let n = 0; n < 30; n++) await db.query('update users set display_name = $2 where id = $1', [await addUser(db, `many${n}`), 'Manifold'])
      const manifold = await addUser(db, 'manifold')
      await send(ada, { type: 'member.add', room, user: manifold })
      await say(room, 'by the one', manifold)
      expect(await texts(ada, `in:${room} from:manifold`)).toEqual(['by the one'])
    })

    it('counts days as they are where the searcher is', async () => {
      const room = await makeRoom()
      await say(room, 'midnightly')
      await db.query("update messages set received_at = $2 where room_id = $1 and text = 'midnightly'", [room, Date.parse('2026-03-28T23:30:00Z')])
      await db.query('update message_words set received_at = $2 where room_id = $1', [room, Date.parse('2026-03-28T23:30:00Z')])
      expect(await texts(ada, 'midnightly on:2026-03-28')).toHaveLength(1)
      expect(await texts(ada, 'midnightly on:2026-03-28', { tz: 'Europe/Berlin' })).toEqual([])
      expect(await texts(ada, 'midnightly on:2026-03-29', { tz: 'Europe/Berlin' })).toHaveLength(1)
    })

    it('finds direct conversations by their person', async () => {
      const room = dmRoomId([ada, ben])
      await send(ada, { type: 'room.create', room, kind: 'dm', members: [ben] })
      await say(room, 'between us two', ben)
      expect(await texts(ada, 'in:@ben')).toEqual(['between us two'])
      expect(await texts(ada, 'between in:@ben')).toEqual(['between us two'])
      expect(await problemOf(ada, 'x in:@eve')).toMatchObject({ code: 'search_query_invalid', at: 2, length: 7, reason: 'room_unknown' })
    })
  })

  describe('who finds it', () => {
    it('members of the room do, now: nobody else, neither in public rooms, nor who was removed, banned or left', async () => {
      const room = await makeRoom([ben, eve, guest], 'secrets', 'public')
      const outsider = await addUser(db, `outsider${newId().slice(-6)}`)
      await say(room, 'membersonly word')
      for (const user of [ada, ben, eve, guest]) expect(await texts(user, 'membersonly')).toHaveLength(1)
      expect(await texts(outsider, 'membersonly')).toEqual([])
      expect(await problemOf(outsider, 'in:secrets')).toMatchObject({ reason: 'room_unknown' })
      expect(await texts(outsider, `from:${ada}`)).toEqual([])
      await send(ada, { type: 'member.remove', room, user: ben })
      await send(ada, { type: 'member.ban', room, user: guest })
      await send(eve, { type: 'room.leave', room })
      for (const user of [ben, eve, guest]) {
        expect(await texts(user, 'membersonly')).toEqual([])
        expect(await problemOf(user, `in:${room}`)).toMatchObject({ code: 'search_query_invalid', reason: 'room_unknown' })
      }
    })

    it('not who is deactivated or has no session', async () => {
      const gone = await addUser(db, `gone${newId().slice(-6)}`)
      await db.query('update users set disabled_at = 1 where id = $1', [gone])
      expect((await http.get(gone, pathOf('x'))).statusCode).toBeGreaterThanOrEqual(401)
      expect((await http.app.inject({ url: pathOf('x') })).statusCode).toBe(401)
    })

    it('guests know people of their own rooms only', async () => {
      const room = await makeRoom([guest], 'for guests')
      await say(room, 'welcome guest')
      expect(await texts(guest, 'welcome from:ada')).toHaveLength(1)
      const hidden = `hidden${newId().slice(-6)}`
      await addUser(db, hidden)
      for (const name of [hidden, 'nobody-at-all']) expect(await problemOf(guest, `from:${name}`)).toMatchObject({ reason: 'person_unknown', at: 0, length: 5 + name.length })
      expect(await texts(ada, `from:${hidden}`)).toEqual([])
    })

    it('archived rooms are searched like others, and what retention has removed is not found', async () => {
      const room = await makeRoom()
      await say(room, 'belowfloor one')
      await say(room, 'belowfloor two')
      await send(ada, { type: 'room.archive', room })
      expect(await texts(ada, 'belowfloor')).toHaveLength(2)
      await db.query('update rooms set floor = 2 where id = $1', [room])
      expect(await texts(ada, 'belowfloor')).toEqual(['belowfloor two'])
    })
  })

  describe('[R6] what is gone', () => {
    it('is not found and not in the index: deleted, edited away, erased by hand, with its room', async () => {
      const room = await makeRoom()
      const deleted = await say(room, 'vanishing one')
      const edited = await say(room, 'vanishing two')
      await say(room, 'vanishing three')
      await say(room, 'vanishing four')
      expect(await inIndex('vanishing')).toBe(4)
      await send(ada, { type: 'message.delete', room, message: deleted })
      await send(ada, { type: 'message.edit', room, message: edited, text: 'replaced two' })
      expect(await texts(ada, 'vanishing')).toEqual(['vanishing four', 'vanishing three'])
      expect(await texts(ada, 'replaced')).toEqual(['replaced two'])
      expect(await inIndex('vanishing')).toBe(2)
      await db.query("update messages set text = '', deleted = true where room_id = $1 and text = 'vanishing three'", [room])
      expect(await inIndex('vanishing')).toBe(1)
      await db.query("update messages set text = 'changed by hand' where room_id = $1 and text = 'vanishing four'", [room])
      expect(await inIndex('vanishing')).toBe(0)
      await db.query('delete from rooms where id = $1', [room])
      expect((await db.query('select from message_words where room_id = $1', [room])).rowCount).toBe(0)
      expect((await db.query('select from messages_unindexed where room_id = $1', [room])).rowCount).toBe(0)
    })

    it('is not found either when it was sent, edited and deleted in one batch', async () => {
      const room = await makeRoom()
      const id = newId()
      const at = Date.now()
      const commands = [
        { v: 1, id, at, type: 'message.send', room, text: 'shortlived' },
        { v: 1, id: newId(), at, type: 'message.edit', room, message: id, text: 'shortlived still' },
        { v: 1, id: newId(), at, type: 'message.delete', room, message: id },
      ]
      await http.post(ada, { commands })
      expect(await inIndex('shortlived')).toBe(0)
    })

    it('a message that is pinned, answered or has reactions stays found', async () => {
      const room = await makeRoom()
      const id = await say(room, 'remaining')
      await send(ada, { type: 'message.pin', room, message: id, on: true })
      await say(room, 'answer', ben, { replyTo: id })
      expect(await texts(ada, 'remaining')).toEqual(['remaining'])
    })
  })

  describe('rows that the sequencer has not written', () => {
    const insert = async (room: Id, from: number, to: number, text: string): Promise<void> => {
      await db.query(
        `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text) select $1, n, gen_random_uuid(), n, $2, n, n, $3 || n from generate_series($4::bigint, $5::bigint) n`,
        [room, ada, text, from, to],
      )
      await db.query('update rooms set head = $2, rev = $2 where id = $1', [room, to])
    }

    it('are found once they were indexed in the background, and the answer says until then that it is not complete', async () => {
      const room = await makeRoom()
      await insert(room, 2, 700, 'imported no ')
      const before = await page(ada, `imported in:${room}`)
      await send(ada, { type: 'message.send', room, text: 'imported later' })
      expect(await texts(ada, `later in:${room}`)).toEqual(['imported later'])
      const indexer = startIndexer(db, silent)
      await indexer.drain()
      await indexer.close()
      expect(before.complete === false || before.results.length > 0).toBe(true)
      expect(await page(ada, `imported in:${room}`)).toMatchObject({ complete: true })
      expect(await texts(ada, '"imported no 444"')).toEqual(['imported no 444'])
      expect((await db.query('select from message_words where room_id = $1', [room])).rowCount).toBe(700)
      expect((await db.query<{ indexed_to: number; head: number }>('select indexed_to, head from rooms where id = $1', [room])).rows[0]).toEqual({ indexed_to: 701, head: 701 })
    })

    it('are indexed in part where their words would not fit into the index', async () => {
      const room = await makeRoom()
      await insert(room, 2, 3, `swollenimport ${SWELLING} `)
      const indexer = startIndexer(db, silent)
      await indexer.drain()
      await indexer.close()
      expect(await page(ada, `swollenimport in:${room}`)).toMatchObject({ complete: true, results: [{ seq: 3 }, { seq: 2 }] })
    })

    it('are indexed anew when they were changed by hand', async () => {
      const room = await makeRoom()
      await say(room, 'before the change')
      await db.query("update messages set text = 'aftermath' where room_id = $1 and seq = 2", [room])
      const indexer = startIndexer(db, silent)
      await indexer.drain()
      await indexer.close()
      expect(await texts(ada, `aftermath in:${room}`)).toEqual(['aftermath'])
      expect(await texts(ada, `change in:${room}`)).toEqual([])
    })

    it('have their words by a number of indexers at once, as they are when all is over, whatever is deleted meanwhile', async () => {
      const room = await makeRoom()
      await insert(room, 2, 900, 'contended ')
      const indexers = [1, 2, 3].map(() => startIndexer(db, silent))
      const { rows } = await db.query<{ id: Id; seq: number }>('select id, seq from messages where room_id = $1 and seq % 50 = 0', [room])
      await Promise.all([...indexers.map((indexer) => indexer.drain()), ...rows.map(({ id }) => send(ada, { type: 'message.delete', room, message: id }))])
      await Promise.all(indexers.map((indexer) => indexer.drain()))
      await Promise.all(indexers.map((indexer) => indexer.close()))
      expect((await db.query('select from message_words w join messages m using (room_id, seq) where room_id = $1 and m.deleted', [room])).rowCount).toBe(0)
      expect((await db.query('select from message_words where room_id = $1', [room])).rowCount).toBe(899 - rows.length)
    })
  })

  describe('pages', () => {
    it.each(['new', 'best'])('sorted by %s hold every message once, in order, also while others come', async (sort) => {
      const room = await makeRoom()
      const other = await makeRoom()
      for (let n = 0; n < 25; n++) await say(n % 3 === 0 ? other : room, `paged ${n % 5 === 0 ? 'paged '.repeat(n / 5) : ''}word ${n}`)
      const found: string[] = []
      let before: string | undefined
      do {
        const answer = await page(ada, `paged in:${room} in:${other}`, { sort, limit: '7', ...(before === undefined ? {} : { before }) })
        found.push(...answer.results.map(({ text }) => text))
        before = answer.next
        await say(room, 'paged paged paged too late')
      } while (before !== undefined)
      expect(found.filter((text) => text !== 'paged paged paged too late')).toHaveLength(25)
      expect(new Set(found).size).toBe(25)
      if (sort === 'new') expect(found.map((text) => Number(text.split(' ').at(-1)))).toEqual(Array.from({ length: 25 }, (_, n) => 24 - n))
    })

    it('end, and are of the length asked for', async () => {
      const room = await makeRoom()
      for (let n = 0; n < 4; n++) await say(room, `ending ${n}`)
      expect((await page(ada, `ending in:${room}`, { limit: '4' })).next).toBeUndefined()
      expect((await page(ada, `ending in:${room}`, { limit: '3' })).next).toEqual(expect.any(String))
      const whole = await page(ada, `ending in:${room}`, { limit: '1', sort: 'new' })
      expect(whole.results).toHaveLength(1)
    })
  })

  describe('[R9] a search that cannot be', () => {
    it.each([
      ['', { at: 0, length: 0, reason: 'empty' }],
      ['lunch "open', { at: 6, length: 5, reason: 'quote_open' }],
      ['lunch on:2026-13-01', { at: 6, length: 13, reason: 'date_invalid' }],
      ['has:money', { at: 0, length: 9, reason: 'has_unknown' }],
      ['lunch from:', { at: 6, length: 5, reason: 'value_missing' }],
      ['-lunch', { at: 0, length: 6, reason: 'only_negations' }],
      ['lunch -on:today', { at: 6, length: 9, reason: 'cannot_be_negated' }],
      ['lunch from:nobody-at-all', { at: 6, length: 18, reason: 'person_unknown' }],
      ['lunch in:#no-such-room', { at: 6, length: 16, reason: 'room_unknown' }],
      ['x'.repeat(501), { at: 500, length: 1, reason: 'too_long' }],
      ['ab '.repeat(31).trim(), { at: 90, length: 2, reason: 'too_many_terms' }],
    ])('is refused with the place of what is wrong: %j', async (q, place) => {
      expect(await problemOf(ada, q)).toMatchObject({ status: 400, code: 'search_query_invalid', ...place })
    })

    it.each([
      ['sort', 'oldest'], ['limit', '0'], ['limit', '51'], ['before', 'n.1.2.3'], ['before', `b.1.1.1.${newId()}`], ['before', `n.-1.${newId()}.1`], ['before', `n.1.${newId()}.`], ['tz', 'Mars/Olympus'], ['tz', ''], ['more', '1'],
    ])('is refused for its parameter %s: %j', async (name, value) => {
      expect(await problemOf(ada, 'lunch', { [name]: value })).toMatchObject({ code: 'invalid_input' })
    })

    it('never reaches the database as anything but words', async () => {
      const room = await makeRoom()
      await say(room, 'harmless')
      for (const q of ["'; drop table messages; --", "harm' | 'x", 'a & b | !c <-> d', "harmless:*A", '\\', "\\'", "a'':*", '$1', '%s {} ${x}', '((((', "x:1,2'", '\u202e', "nul'||pg_sleep(5)||'", '<2>', 'a<->b', 'harmless\u00ad', 'İ', 'ﷺ'.repeat(20)]) {
        const answer = await http.get(ada, pathOf(q))
        expect([q, [200, 400].includes(answer.statusCode)]).toEqual([q, true])
      }
      expect(await texts(ada, `harmless in:${room}`)).toEqual(['harmless'])
    })

    it('takes a text as a message whose words would not fit into the index, and what is said after it', async () => {
      const room = await makeRoom()
      await say(room, `swollen ${SWELLING}`)
      await say(room, 'after it')
      expect(await texts(ada, `swollen in:${room}`)).toHaveLength(1)
      expect(await texts(ada, `after in:${room}`)).toEqual(['after it'])
    })

    it('takes any text as a message, and finds it by what it says', async () => {
      const room = await makeRoom()
      const texts16k = ['aB'.repeat(8_000), 'ä_'.repeat(8_000), '日'.repeat(16_000), Array.from({ length: 15_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(''), '👍🏽'.repeat(4_000), "'\\".repeat(8_000), 'ﷺ'.repeat(16_000), `${'x'.repeat(15_990)} end`]
      for (const text of texts16k) await say(room, text)
      expect(await texts(ada, `end in:${room}`)).toHaveLength(1)
      expect(await texts(ada, `日日日 in:${room}`)).toHaveLength(1)
      expect(await texts(ada, `in:${room} ab`)).toHaveLength(1)
    })
  })
})
