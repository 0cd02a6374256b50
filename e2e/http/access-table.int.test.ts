/** Every described route is asked by each of the eight, about their own and another's object: docs/ACCESS.md, as it really is. */
import { testDatabases } from '@chatflow/database/testing'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectedOutcome, strayExceptions, whoseOf } from './access-table.ts'
import { goodRequest } from './bad-requests.ts'
import type { Operation } from './description.ts'
import { digestOf } from './digest.ts'
import { createWorld, KINDS } from './people.ts'
import { expectNone, faultsOf, outcomeOf } from './refusal.ts'
import { goodRequestFor, REFUSED_AT_BEST } from './samples.ts'
import { currentDescription, serve, type Served } from './serve.ts'

const { operations } = await currentDescription()
const recent = operations.filter(({ access }) => 'recent' in access)

/** Codes that say "not you"; any other refusal came after the door. */
const DOOR = new Set(['unauthenticated', 'token_expired', 'session_ended', 'account_disabled', 'forbidden', 'email_unverified', 'not_a_member', 'not_found', 'room_not_found', 'user_not_found'])
/** Routes that are no part of the API: probes, and the page of the outbox of mails, which only this machine gets (auth-server/src/dev-mail.pg.test.ts). */
const UNDESCRIBED = ['GET /dev/mail', 'GET /healthz', 'GET /readyz', 'GET /metrics']

describe.each(testDatabases())('[R12] who may do what on $name', ({ open }) => {
  let served: Served

  beforeAll(async () => {
    served = await serve(await open())
  })

  afterAll(() => served.close())

  test.each(operations.map((operation) => ({ name: operation.name, operation })))('$name lets in whom it declares, and nobody else', async ({ operation }) => {
    const faults: string[] = []
    let taken = 0
    for (const kind of KINDS) {
      for (const whose of whoseOf(operation, kind)) {
        const { expected, actual, body, more } = await ask(served, operation, kind, whose)
        const here = `${operation.name}, ${kind}, ${whose}`
        if (actual.startsWith('2') || actual === REFUSED_AT_BEST[operation.name]?.code) taken += 1
        const letIn = /^[23]/.test(actual) || (!DOOR.has(actual) && operation.codes.includes(actual))
        if (expected === 'yes' ? !letIn : actual !== expected) faults.push(`${here}: ${expected} follows from what it declares, but the answer was ${actual} ${body.slice(0, 200)}`)
        faults.push(...more.map((fault) => `${here}: ${fault}`))
      }
    }
    if (taken === 0) faults.push(`${operation.name} was done for nobody: e2e/http/samples.ts and objects.ts do not give what it needs`)
    expectNone(faults)
  })

  test.each(recent.map((operation) => ({ name: operation.name, operation })))('$name asks for a confirmation ten minutes after the sign-in, and changes nothing before', async ({ operation }) => {
    const world = await createWorld(served, 'can' in operation.access ? 'admin' : 'member')
    const request = goodRequest(operation, await goodRequestFor(operation, world, 'own'))
    await served.db.query('UPDATE session_families SET authenticated_at = $2 WHERE user_id = $1', [world.person?.id, Date.now() - LIMITS.confirmedForMs - 1])
    const before = await digestOf(served.db)
    expect(outcomeOf(await served.ask(request))).toBe('confirmation_required')
    expect(await digestOf(served.db)).toEqual(before)
  })

  test('every route that there is, is described', () => {
    const described = new Set(operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))
    // HEAD comes with every GET.
    const undescribed = served.routes.filter((route) => !route.startsWith('HEAD ') && !described.has(route) && !UNDESCRIBED.includes(route))
    expect(undescribed).toEqual([])
    expect([...described].filter((route) => !served.routes.includes(route))).toEqual([])
  })
})

test('[R12] exceptions stand for routes that there are', () => {
  expect(strayExceptions(operations)).toEqual([])
})

async function ask(served: Served, operation: Operation, kind: (typeof KINDS)[number], whose: 'own' | 'other') {
  const world = await createWorld(served, kind)
  const request = goodRequest(operation, await goodRequestFor(operation, world, whose))
  const expected = expectedOutcome(operation, kind, whose)
  const before = expected === 'yes' ? undefined : await digestOf(served.db)
  const answer = await served.ask(request)
  const actual = outcomeOf(answer)
  const more = answer.statusCode >= 400 ? faultsOf(answer) : []
  if (before !== undefined) {
    const after = await digestOf(served.db)
    for (const table of Object.keys(after)) if (after[table] !== before[table]) more.push(`the refusal changed ${table}`)
  }
  return { expected, actual, body: answer.body, more }
}
