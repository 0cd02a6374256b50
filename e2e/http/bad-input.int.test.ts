/** Every route of the published description gets wrong input of every kind; a new route is covered by being declared. */
import { testDatabases } from '@chatflow/database/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BadRequest, badRequests, goodRequest, type GoodRequest, urlOf } from './bad-requests.ts'
import { METHODS, type Operation } from './description.ts'
import { digestOf } from './digest.ts'
import { paramsOf } from './objects.ts'
import { createWorld, credentialsOf, type World } from './people.ts'
import { expectNone, faultsOf, headerFaultsOf, outcomeOf } from './refusal.ts'
import { goodRequestFor, REFUSED_AT_BEST, strangersAmong } from './samples.ts'
import { currentDescription, serve, type Served } from './serve.ts'

const { operations } = await currentDescription()

/** What is open because a standard that grows says what is in it; nothing of it is kept. */
const OPEN = [' clientExtensionResults']

/** Signatures that are no access token of ours. */
const NO_TOKENS = ['', 'x', 'a.b.c', 'null', `${'a'.repeat(5_000)}`, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.', "' OR 1=1", Buffer.from('💥').toString('latin1')]

describe.each(testDatabases())('[R9] wrong input on $name', ({ open }) => {
  let served: Served

  beforeAll(async () => {
    served = await serve(await open())
  })

  afterAll(() => served.close())

  /** Everybody has something to ask for, an administrator what is for administrators. */
  const worldFor = ({ access }: Operation): Promise<World> => createWorld(served, access.who === 'signed-in' && access.can !== undefined ? 'admin' : 'owner')

  /** What is for administrators is mostly about others. */
  const good = async (operation: Operation): Promise<GoodRequest> => goodRequestFor(operation, await worldFor(operation), operation.access.who === 'signed-in' && operation.access.can !== undefined ? 'other' : 'own')

  /** What is wrong with the answers to all of `requests`. A request that may be taken, and is, changes the world: the next gets another. */
  async function ask(operation: Operation, kinds: (right: GoodRequest) => readonly BadRequest[]): Promise<{ faults: string[]; refused: number }> {
    const faults: string[] = []
    let refused = 0
    const make = async (): Promise<readonly BadRequest[]> => kinds(await good(operation))
    let requests = await make()
    let before = await digestOf(served.db)
    for (let i = 0; i < requests.length; i++) {
      const { what, request, mustRefuse, status } = requests[i] as BadRequest
      const answer = await served.ask(request)
      const say = (fault: string): void => void faults.push(`${operation.name}, ${what}: ${fault}`)
      if (answer.statusCode < 300) {
        if (mustRefuse) say(`it was taken (${answer.statusCode})`)
        requests = await make()
        before = await digestOf(served.db)
        continue
      }
      refused += 1
      if (answer.statusCode >= 500 && outcomeOf(answer) !== 'command_held') say(`answered with ${answer.statusCode}`)
      if (status !== undefined && answer.statusCode !== status) say(`answered with ${answer.statusCode}, not ${status}`)
      for (const fault of faultsOf(answer)) say(fault)
      // A look after each would take longer than all the rest; the last few are named if something changed.
      if (i % 25 === 24 || i === requests.length - 1) {
        const after = await digestOf(served.db)
        const changed = Object.keys(after).filter((table) => after[table] !== before[table])
        if (changed.length > 0) say(`or one of the 24 before it changed ${changed.join(', ')}`)
        before = after
      }
    }
    return { faults, refused }
  }

  describe.each(operations.map((operation) => ({ name: operation.name, operation })))('$name', ({ operation }) => {
    test('takes what it describes', async () => {
      const answer = await served.ask(goodRequest(operation, await good(operation)))
      const atBest = REFUSED_AT_BEST[operation.name]?.code
      if (atBest === undefined) expect(answer.statusCode, `${answer.body} (What the schema cannot say stands in e2e/http/samples.ts.)`).toBeLessThan(300)
      else expect(outcomeOf(answer)).toBe(atBest)
      expectNone(headerFaultsOf(answer))
    })

    test('refuses everything else with a named error, and changes nothing', async () => {
      const { faults, refused } = await ask(operation, (right) => badRequests(operation, right))
      expectNone(faults)
      if (operation.body !== undefined) expect(refused).toBeGreaterThan(10)
    })

    if (operation.access.who === 'signed-in' || operation.access.who === 'member') {
      test('says to whoever is not signed in only that, before it looks at what was sent', async () => {
        const { faults } = await ask(operation, (right) =>
          // A part of them: nothing of any is looked at.
          badRequests(operation, right).filter((_bad, i) => i % 5 === 0).map(({ status: _status, ...bad }) => ({ ...bad, mustRefuse: true, request: { ...bad.request, headers: { ...bad.request.headers, authorization: '' } } })),
        )
        expectNone(faults)
        const right = await good(operation)
        for (const token of NO_TOKENS) {
          for (const scheme of ['Bearer', 'bearer', 'Basic', 'Bearer Bearer', '']) {
            const answer = await served.ask(goodRequest(operation, { ...right, headers: { authorization: `${scheme} ${token}` } }))
            expect(outcomeOf(answer)).toBe('unauthenticated')
            expect(faultsOf(answer)).toEqual([])
          }
        }
      })
    }
  })

  test('another method of a path is answered with those that there are', async () => {
    const world = await createWorld(served, 'owner')
    for (const [path, of] of Map.groupBy(operations, (operation) => operation.path)) {
      // `/passkeys/options` is also a `/passkeys/{id}`.
      const offered = [...new Set(operations.filter((other) => matches(other.path, path)).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].sort()
      const first = of[0] as Operation
      const params = await paramsOf(first, world, 'own')
      const headers = credentialsOf(world.person, first.access.who)
      for (const method of [...METHODS, 'OPTIONS', 'TRACE', 'PROPFIND'] as const) {
        if (offered.includes(method)) continue
        for (const payload of [undefined, '{"__proto__":1}', '{']) {
          const answer = await served.ask({ method, url: urlOf(first, params), headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) }, ...(payload === undefined ? {} : { payload }) })
          const name = `${method} ${path} with ${payload}`
          expect([name, ...faultsOf(answer)]).toEqual([name])
          if (payload === undefined) {
            expect(`${name}: ${outcomeOf(answer)}`).toBe(`${name}: method_not_allowed`)
            expect(`${name}: ${String(answer.headers['allow']).split(', ').sort().join()}`).toBe(`${name}: ${offered.join()}`)
          }
        }
      }
    }
  })

  test('there is no path beside those described', async () => {
    for (const url of ['/api', '/api/', '/api/auth', '/api/auth/login/', '/api//users', '/API/users', '/api/%2e%2e/users', '/api/users%00', '/api/none', '/.well-known/x', '/%', '/api/%ff', `/api/${'x'.repeat(8_000)}`]) {
      const answer = await served.ask({ url })
      expect([url, outcomeOf(answer), ...faultsOf(answer)]).toEqual([url, 'not_found'])
    }
  })
})

test('[R9] every text and every list that a route takes says how long it may be', () => {
  const unbounded = operations.flatMap(({ name, body }) => (body?.contentType === 'application/json' ? unboundedIn(body.schema, name) : []))
  expectNone(unbounded)
})

test('what samples are kept for is still there', () => {
  expect(strangersAmong(operations)).toEqual([])
})

/** True if an address made from `path` may also be one of `pattern`. */
function matches(pattern: string, path: string): boolean {
  const parts = path.split('/')
  return pattern.split('/').length === parts.length && pattern.split('/').every((part, i) => part === parts[i] || part.startsWith('{'))
}

function unboundedIn(schema: object, at: string): string[] {
  const { type, maxLength, maxItems, properties = {}, items, anyOf = [], oneOf = [], additionalProperties, enum: choices, const: fixed, format } = schema as Record<string, never> & {
    properties?: Record<string, object>
    anyOf?: object[]
    oneOf?: object[]
  }
  const here: string[] = []
  if (type === 'string' && maxLength === undefined && choices === undefined && fixed === undefined && format !== 'uuid') here.push(`${at}: a text without an end`)
  if (type === 'array' && maxItems === undefined) here.push(`${at}: a list without an end`)
  if (type === 'object' && additionalProperties !== false && !OPEN.some((end) => at.endsWith(end))) here.push(`${at}: fields that nobody knows are taken`)
  return [
    ...here,
    ...Object.entries(properties).flatMap(([key, inner]) => unboundedIn(inner, `${at} ${key}`)),
    ...[...anyOf, ...oneOf].flatMap((inner) => unboundedIn(inner, at)),
    ...(items === undefined ? [] : unboundedIn(items, `${at}[]`)),
  ]
}
