import type { CommandResult } from '@chatflow/shared/command'
import { type Id, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { signIn } from './bench-client.ts'

/** Messages per second through HTTP, validation, sequencer and commit. `writers` post full batches at once, spread over the rooms. */
export async function measureThroughput(url: string, usernames: readonly string[], rooms: number, messages: number): Promise<number> {
  const writers = await Promise.all(usernames.map(async (username) => (await signIn(url, username)).accessToken))
  const [first = ''] = writers
  const names = Array.from({ length: rooms }, () => newId())
  for (const room of names) {
    await post(url, first, [{ v: 1, id: newId(), type: 'room.create', at: Date.now(), room, kind: 'public', name: `bench-${room.slice(-6)}`, members: [] }])
  }
  for (const token of writers.slice(1)) {
    await post(url, token, names.map((room) => ({ v: 1, id: newId(), type: 'room.join', at: Date.now(), room })))
  }
  const batches = Math.ceil(messages / LIMITS.httpCommands)
  let next = 0
  const write = async (token: string): Promise<void> => {
    while (next < batches) {
      const room = names[next++ % rooms] ?? ''
      await post(url, token, Array.from({ length: LIMITS.httpCommands }, () => message(room)))
    }
  }
  const begun = performance.now()
  await Promise.all(writers.map(write))
  return (batches * LIMITS.httpCommands) / ((performance.now() - begun) / 1000)
}

function message(room: Id): object {
  return { v: 1, id: newId(), type: 'message.send', at: Date.now(), room, text: 'A message of about the usual length, such as people write to each other.' }
}

async function post(url: string, token: string, commands: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}/api/commands`, { method: 'POST', headers, body: JSON.stringify({ commands }) })
  if (!answer.ok) throw new Error(`The commands were refused: ${await answer.text()}`)
  const { results } = (await answer.json()) as { results: CommandResult[] }
  const refused = results.find((result) => result.status === 'rejected')
  if (refused) throw new Error(`A command was refused: ${JSON.stringify(refused)}`)
}
