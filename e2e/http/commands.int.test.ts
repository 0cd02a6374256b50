/** Commands over HTTP: each type by each of the eight about every kind of object, and each with wrong input of every kind. */
import type { CommandResult } from '@chatflow/shared/command'
import { ERRORS, isErrorCode } from '@chatflow/shared/errors'
import { newId } from '@chatflow/shared/ids'
import { testDatabases } from '@chatflow/database/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from './ask.ts'
import { badBodies, PLANTED } from './bad-bodies.ts'
import { COMMAND_TYPES, DONE_ALREADY, formsOf, mayBe, variantsOf } from './commands.ts'
import { digestOf } from './digest.ts'
import { createWorld, type Kind, KINDS, type Person, type World } from './people.ts'
import { expectNone, faultsOf, outcomeOf } from './refusal.ts'
import { serve, type Served } from './serve.ts'
import type { Json } from './values.ts'

/** Rejections that say "not you, or not there": the reasons for which `can()` says no. */
const REFUSALS = new Set(['forbidden', 'email_unverified', 'not_a_member', 'room_not_found', 'user_not_found', 'message_not_found'])

describe.each(testDatabases())('commands on $name', ({ open }) => {
  let served: Served

  beforeAll(async () => {
    served = await serve(await open())
  })

  afterAll(() => served.close())

  const post = (person: Person | undefined, text: string): Promise<Answer> =>
    served.ask({ method: 'POST', url: '/api/commands', payload: text, headers: { 'content-type': 'application/json', ...(person === undefined ? {} : { authorization: `Bearer ${person.token}` }) } })

  test.each(COMMAND_TYPES)('[R12] %s is accepted from those whom can() lets, and from nobody else', async (type) => {
    const faults: string[] = []
    let accepted = 0
    // What was rejected has changed nothing, so its world serves again.
    const worlds = new Map<Kind, World>()
    for (const variant of variantsOf(type)) {
      for (const kind of KINDS) {
        const world = worlds.get(kind) ?? (await createWorld(served, kind))
        worlds.set(kind, world)
        const command = await variant.make(world, world.person ?? world.other)
        const here = `${type} ${variant.about}, ${kind}`
        const may = mayBe(kind, variant)
        const before = may ? {} : await digestOf(served.db)
        const answer = await post(world.person, JSON.stringify({ commands: [command] }))
        const after = may ? {} : await digestOf(served.db)
        const changed = Object.keys(after).filter((table) => after[table] !== before[table])
        if (kind === 'anonymous') {
          if (outcomeOf(answer) !== 'unauthenticated' || changed.length > 0) faults.push(`${here}: answered ${answer.body}, changed ${changed.join(', ')}`)
          continue
        }
        const [result] = answer.json<{ results?: CommandResult[] }>().results ?? []
        if (result === undefined) faults.push(`${here}: answered ${answer.body}`)
        else if (result.status === 'accepted') {
          accepted += 1
          worlds.delete(kind)
          // The answer itself is kept, so that a repeat gets the same.
          if (!may && (changed.some((table) => table !== 'commands') || !(type in DONE_ALREADY))) faults.push(`${here}: accepted, though can() says no`)
        } else {
          if (changed.length > 0) faults.push(`${here}: rejected with ${result.code}, but changed ${changed.join(', ')}`)
          if (may) faults.push(`${here}: rejected with ${result.code}, though can() says yes`)
          else if (!REFUSALS.has(result.code)) faults.push(`${here}: rejected with ${result.code}, which does not say that one may not`)
        }
      }
    }
    if (accepted === 0) faults.push(`${type} was accepted from nobody: e2e/http/commands.ts does not make what it needs`)
    expectNone(faults)
  })

  test.each(COMMAND_TYPES)('[R12] the answer to %s does not tell whether a room of others exists', async (type) => {
    const variant = variantsOf(type).find(({ about }) => about === 'a room of others')
    if (variant === undefined) return
    for (const kind of ['guest', 'outsider', 'owner'] as const) {
      const world = await createWorld(served, kind)
      const there = await variant.make(world, world.person ?? world.other)
      const results = []
      for (const command of [there, { ...there, id: newId(), room: newId() }]) {
        const [result] = (await post(world.person, JSON.stringify({ commands: [command] }))).json<{ results: CommandResult[] }>().results
        results.push({ ...result, id: '' })
      }
      expect(results[1]).toEqual(results[0])
    }
  })

  test.each(COMMAND_TYPES)('[R9] %s with anything wrong in it is rejected by name, and changes nothing', async (type) => {
    const faults: string[] = []
    let rejected = 0
    const world = await createWorld(served, 'owner')
    for (const [i, schema] of formsOf(type).entries()) {
      const variant = variantsOf(type)[i === 0 ? 0 : i]
      const sample = (await variant?.make(world, world.person ?? world.other)) as Json
      let before = await digestOf(served.db)
      for (const { what, text, mustRefuse } of badBodies(schema, sample)) {
        const answer = await post(world.person, `{"commands":[${text}]}`)
        const [result] = answer.statusCode === 200 ? answer.json<{ results: CommandResult[] }>().results : []
        const say = (fault: string): void => void faults.push(`${type}, ${what}: ${fault}`)
        if (result?.status === 'accepted') {
          if (mustRefuse) say('it was accepted')
          before = await digestOf(served.db)
          continue
        }
        rejected += 1
        if (result === undefined) {
          for (const fault of faultsOf(answer)) say(fault)
          if (answer.statusCode >= 500 && outcomeOf(answer) !== 'command_held') say(`answered with ${answer.statusCode}`)
        } else {
          if (!isErrorCode(result.code) || ERRORS[result.code].status >= 500) say(`rejected with ${result.code}`)
          else if (result.message !== ERRORS[result.code].title) say(`the message is "${result.message}"`)
          if (answer.body.includes(PLANTED)) say('the answer repeats what was sent')
        }
      }
      const after = await digestOf(served.db)
      for (const table of Object.keys(after)) if (after[table] !== before[table]) faults.push(`${type}: something that was rejected changed ${table}`)
    }
    expectNone(faults)
    expect(rejected).toBeGreaterThan(40)
  })
})
