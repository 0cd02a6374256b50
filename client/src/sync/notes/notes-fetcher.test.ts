import type { ErrorCode } from '@chatflow/shared/errors'
import { newId, type Id } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { Listeners } from '../listeners.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { NotesFetcher } from './notes-fetcher.ts'

const [room, other] = [newId(), newId()]

/** A page; of each room, whether its notes are held, and the last session of them. */
function page() {
  const clock = new ManualClock()
  const held: Id[] = []
  const sessions = new Map<Id, { changed: Listeners; fetched: boolean; gone: ErrorCode | undefined; refused: ErrorCode | undefined }>()
  let open: Id | undefined
  const acquire = (of: Id) => {
    const session = sessions.get(of) ?? { changed: new Listeners(), fetched: false, gone: undefined, refused: undefined }
    sessions.set(of, session)
    held.push(of)
    return { session, release: () => void held.splice(held.indexOf(of), 1) }
  }
  const fetcher = new NotesFetcher({ clock, notes: { acquire }, open: () => open })
  const goTo = (to: Id | undefined) => {
    open = to
    fetcher.roomChanged(to)
  }
  const hear = async (of: Id, facts: object) => {
    const session = sessions.get(of)
    if (session === undefined) throw new Error('Nobody has asked for these notes.')
    Object.assign(session, facts)
    session.changed.emit()
    await Promise.resolve()
  }
  return { clock, held, sessions, fetcher, goTo, hear, leaves: () => (open = undefined) }
}

it('asks for the notes of a room that is open for a while, and lets go of them when they are here', async () => {
  const { clock, held, goTo, hear } = page()
  goTo(room)
  await clock.pass(1_900)
  expect(held).toEqual([])
  await clock.pass(200)
  expect(held).toEqual([room])
  await hear(room, {})
  expect(held).toEqual([room])
  await hear(room, { fetched: true })
  expect(held).toEqual([])
})

it('leaves alone what was left early, what the user is not in any more, and what was fetched a moment ago', async () => {
  const { clock, held, sessions, goTo, hear, leaves } = page()
  goTo(room)
  await clock.pass(1_900)
  goTo(other)
  await clock.pass(1_900)
  leaves()
  await clock.pass(60_000)
  expect([...sessions.keys()]).toEqual([])
  goTo(room)
  await clock.pass(2_000)
  await hear(room, { fetched: true })
  sessions.clear()
  goTo(undefined)
  goTo(room)
  await clock.pass(60_000)
  expect([...sessions.keys()]).toEqual([])
  await clock.pass(15 * 60_000)
  goTo(room)
  await clock.pass(2_000)
  expect(held).toEqual([room])
})

it('holds nothing that is here already, that is refused or not for this user, nor after the room or the page', async () => {
  for (const facts of [{ gone: 'forbidden' }, { refused: 'document_too_large' }, { fetched: true }]) {
    const { clock, held, goTo, hear } = page()
    goTo(room)
    await clock.pass(2_000)
    await hear(room, facts)
    expect(held).toEqual([])
  }
  const { clock, held, sessions, fetcher, goTo } = page()
  sessions.set(room, { changed: new Listeners(), fetched: true, gone: undefined, refused: undefined })
  goTo(room)
  await clock.pass(2_000)
  expect(held).toEqual([])
  goTo(other)
  await clock.pass(2_000)
  expect(held).toEqual([other])
  goTo(undefined)
  expect(held).toEqual([])
  goTo(other)
  await clock.pass(2_000)
  fetcher.close()
  expect(held).toEqual([])
})
