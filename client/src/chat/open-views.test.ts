import { newId, type Id } from '@chatflow/shared/ids'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPage, person, startServer, until } from '../sync/testing/harness.ts'
import { OpenViews } from './open-views.ts'
import { overlayOf } from './overlay.ts'
import { projectRooms } from './project-rooms.ts'

/** Somebody in two rooms with a message each. What is told is noted in order. */
async function scene() {
  const server = await startServer()
  const user = person()
  const [room, other, root] = [newId(), newId(), newId()]
  for (const id of [room, other]) {
    server.putRoom(id)
    server.putUser(user.id, id)
  }
  server.putEntry(room, { seq: 1, id: root, text: 'a beginning' })
  const { core, platform } = await openPage(server, user)
  await until(core, () => core.mine.rooms().size === 2)
  const told: (Id | undefined)[] = []
  const rooms = () => projectRooms(core, overlayOf(core))
  const views = new OpenViews({ core, clock: platform.clock, notifications: { setOpen: (id) => told.push(id) }, rooms, onOpened: () => told.push('opened'), onChange: () => undefined })
  onTestFinished(() => views.close())
  const shown = () => {
    const { timeline, thread, notes, search } = views.project(overlayOf(core), rooms(), true, undefined)
    return { timeline: timeline?.room, thread: thread?.root, notes: notes?.room, search: search?.text }
  }
  return { core, views, shown, told, room, other, root }
}

describe('what the screen has open', () => {
  it('is shown once it is opened, and only then', async () => {
    const { core, views, shown, told, room, root } = await scene()
    expect(shown()).toEqual({})
    views.openThread(root)
    expect(shown()).toEqual({})
    told.length = 0
    views.openRoom(room)
    views.openRoom(room)
    expect([told, core.rooms.open?.room]).toEqual([[room, 'opened'], room])
    views.openThread(root)
    views.openNotes(room)
    views.search({ text: 'beginning', room: undefined, sort: 'best' }, true)
    expect(shown()).toEqual({ timeline: room, thread: root, notes: room, search: 'beginning' })
    views.search(undefined, false)
    views.openNotes(undefined)
    expect(shown()).toEqual({ timeline: room, thread: root })
  })

  it('closes a conversation with its room, and keeps notes and search', async () => {
    const { views, shown, room, other, root } = await scene()
    views.openRoom(room)
    views.openThread(root)
    views.openNotes(room)
    views.search({ text: 'beginning', room: undefined, sort: 'best' }, true)
    views.openRoom(other)
    expect(shown()).toEqual({ timeline: other, notes: room, search: 'beginning' })
  })

  it('is let go of as a whole', async () => {
    const { core, views, shown, room, root } = await scene()
    views.openRoom(room)
    views.openThread(root)
    views.openNotes(room)
    expect(core.notes.held(room)).toBeDefined()
    views.close()
    expect(shown()).toEqual({})
    expect(core.notes.held(room)).toBeUndefined()
  })

  it('shows notes of the room anew after what is refused of them was discarded', async () => {
    const { core, views, shown, room } = await scene()
    await views.discardNotes()
    views.openNotes(room)
    const before = core.notes.held(room)
    await views.discardNotes()
    expect(shown()).toEqual({ notes: room })
    expect(core.notes.held(room)).not.toBe(before)
  })

  it('opens no notes again after they were discarded, where it was let go of, or others were opened, in the meantime', async () => {
    const { core, views, shown, room, other } = await scene()
    views.openNotes(room)
    const moved = views.discardNotes()
    views.openNotes(other)
    await moved
    expect(shown()).toEqual({ notes: other })
    const left = views.discardNotes()
    views.close()
    await left
    expect(shown()).toEqual({})
    expect([room, other].map((id) => core.notes.held(id))).toEqual([undefined, undefined])
  })
})
