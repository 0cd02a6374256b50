/** Whether somebody has an account is neither told at sign-in nor to be measured (docs/decisions/enumeration.md). Hashes cost what they cost in production. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import bcrypt from 'bcrypt'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { type Answer, type AuthFixture, authFixture } from './testing/auth-fixture.ts'
import { median, rankTest } from './testing/rank-test.ts'

const COST = 12
/** With ten, three answers that a busy machine holds up hide a difference of four times: the sabotage was not seen then. */
const SAMPLES = 16
/** A leak is a difference that chance does not give, and large enough to be seen through a network: this part of the time itself. */
const SURE = 0.001
const LARGE = 0.1
const WRONG = 'not the password at all'

type Attempts = Record<string, () => Promise<Answer>>

/** Times in ms, taken in turn, so that whatever else the machine does falls on all alike. The first round, in which things are made ready, does not count. */
async function timesOf(attempts: Attempts): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(Object.keys(attempts).map((name) => [name, []]))
  for (let round = 0; round <= SAMPLES; round += 1) {
    for (const [name, attempt] of Object.entries(attempts)) {
      const start = performance.now()
      await attempt()
      if (round > 0) times.get(name)?.push(performance.now() - start)
    }
  }
  return times
}

/** Pairs that can be told apart by time, with their medians. */
function leaksIn(times: Map<string, number[]>): string[] {
  const names = [...times.keys()]
  return names.flatMap((a, i) =>
    names.slice(i + 1).flatMap((b) => {
      const [x, y] = [times.get(a) ?? [], times.get(b) ?? []]
      const [p, of, and] = [rankTest(x, y), median(x), median(y)]
      return p < SURE && Math.abs(of - and) > LARGE * Math.max(of, and) ? [`${a} (${of.toFixed(1)} ms) and ${b} (${and.toFixed(1)} ms), p = ${p.toExponential(1)}`] : []
    }),
  )
}

describe('what sign-in gives away', () => {
  let db: Database
  let auth: AuthFixture

  const person = async (username: string, changes: Record<string, unknown>): Promise<void> => {
    await auth.register(username)
    for (const [column, value] of Object.entries(changes)) await db.query(`UPDATE users SET ${column} = $2 WHERE username = $1`, [username, value])
  }

  beforeAll(async () => {
    db = (await testDatabases()[0]?.open()) as Database
    auth = await authFixture(db, { bcryptCost: COST })
    await person('ada', {})
    await person('gone', { disabled_at: 1 })
    await person('bot', { password_hash: null })
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })

  const wrong = (login: string, password = WRONG) => () => auth.login(login, password)
  const attempts = (): Attempts => ({
    'a wrong password': wrong('ada'),
    'a name that nobody has': wrong(`nobody-${newId().slice(-8)}`),
    'a wrong password of a deactivated account': wrong('gone'),
    'an account without a password': wrong('bot'),
    'a password that is too long': wrong('ada', 'x'.repeat(500)),
  })

  it('the answers are the same to the last header', async () => {
    const shapes = new Set<string>()
    for (const attempt of Object.values(attempts())) {
      const { status, body, headers } = await attempt()
      const { date: _date, ...same } = headers
      shapes.add(JSON.stringify([status, body, same]))
    }
    expect([...shapes]).toHaveLength(1)
  })

  it('the times are the same, where a hash of a quarter of the cost or an answer without one would be noticed', async () => {
    await person('cheap', { password_hash: await bcrypt.hash('correct horse battery', COST - 2) })
    const sabotaged: Attempts = {
      'a cheap hash': wrong('cheap'),
      // What is refused by its form is answered before any hash: as an early return would.
      'an early return': () => auth.login('ada', ''),
    }
    const times = await timesOf({ ...attempts(), ...sabotaged })
    const only = (...names: string[]) => new Map([...times].filter(([name]) => names.includes(name)))
    expect(leaksIn(only(...Object.keys(attempts())))).toEqual([])
    for (const honest of Object.keys(attempts())) expect(leaksIn(only(honest, ...Object.keys(sabotaged)))).toHaveLength(3)
  }, 120_000)
})

describe.each(testDatabases())('what limits and registration give away on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture

  beforeAll(async () => {
    db = await open()
    auth = await authFixture(db, { rateLimits: true })
    await auth.register('ada', {}, { address: '10.0.0.1' })
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })

  it('a name that nobody has is limited like one that somebody has', async () => {
    const seen = { ada: [] as string[], nobody: [] as string[] }
    for (let i = 0; i < 8; i += 1) {
      for (const login of ['ada', 'nobody'] as const) {
        const { status, body, headers } = await auth.login(login, WRONG, { address: login === 'ada' ? '10.1.0.1' : '10.1.0.2' })
        seen[login].push(`${status} ${String(body['code'])} ${typeof headers['retry-after']}`)
      }
    }
    expect(seen.nobody).toEqual(seen.ada)
    expect(seen.ada.at(-1)).toBe('429 rate_limited string')
  })

  it('registration says which of the two is taken and no more, to five askers an hour from one address', async () => {
    const ask = (username: string, email: string) => auth.register(username, { email }, { address: '10.2.0.1' })
    const taken = [await ask('ADA', 'new@example.org'), await ask('new', 'Ada@Example.org'), await ask('ada', 'ada@example.org')]
    expect(taken.map(({ body }) => body['code'])).toEqual(['username_taken', 'email_taken', expect.stringMatching(/^(email|username)_taken$/)])
    for (const { body } of taken) expect(Object.keys(body['fields'] ?? {})).toHaveLength(1)
    await ask('ada', 'x@example.org')
    await ask('ada', 'y@example.org')
    expect((await ask('ada', 'z@example.org')).body).toMatchObject({ code: 'rate_limited' })
  })
})
