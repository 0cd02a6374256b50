import { newId } from '@chatflow/shared/ids'
import { parseQuery } from '@chatflow/shared/search/query'
import { expect, it } from 'vitest'
import type { FoundMessage } from './find-messages.ts'
import { readHits } from './rank.ts'

it('lets others have their turn between the texts, the more often the more is looked for', async () => {
  const turnsFor = async (q: string): Promise<number> => {
    const parsed = parseQuery(q, { now: 0, timeZone: 'UTC' })
    if (!parsed.ok) throw new Error(parsed.reason)
    let turns = 0
    let done = false
    const others = (async () => {
      while (!done) {
        await new Promise((resolve) => setImmediate(resolve))
        turns += 1
      }
    })()
    const text = 'one two three four five six seven eight nine '.repeat(90)
    const messages = Array.from({ length: 10 }, (_, n): FoundMessage => ({ room_id: newId(), seq: n, id: newId(), by_user: newId(), sent_at: 0, received_at: 0, edited_at: null, text }))
    expect(await readHits(messages, parsed.query.terms, 0)).toHaveLength(10)
    done = true
    await others
    return turns
  }
  const few = await turnsFor('one')
  expect(await turnsFor('one two three four five six seven eight nine')).toBeGreaterThanOrEqual(few + 2)
})
