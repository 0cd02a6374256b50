import { docName } from '@chatflow/shared/doc-names'
import type { ErrorCode } from '@chatflow/shared/errors'
import { newId } from '@chatflow/shared/ids'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import * as Y from 'yjs'
import { createMemoryPlatform } from '../platform/memory-platform.ts'
import type { Timer } from '../platform/platform.ts'
import { AttachGate } from './attach-gate.ts'
import { Connection } from './connection.ts'
import type { SessionRefusal } from './connection-policy.ts'
import { DocumentAttachment, type AttachmentOptions } from './document-attachment.ts'
import { person, startServer } from './testing/harness.ts'
import { ManualClock } from './testing/manual-clock.ts'
import type { TestServer } from './testing/test-server.ts'

/** A clock that also notes how long somebody wanted to wait. */
class NotingClock extends ManualClock {
  readonly waits: number[] = []

  override setTimeout(work: () => void, ms: number): Timer {
    this.waits.push(ms)
    return super.setTimeout(work, ms)
  }
}

/** A connection to a real server, on which documents attach `limit` at a time. */
async function connect(limit = 20) {
  const server = await startServer()
  const user = person()
  const connection = new Connection(createMemoryPlatform({ WebSocket, origin: server.origin, random: () => 0 }), { user, token: async () => user.id, refuse: () => undefined, onFresh: () => () => undefined })
  const gate = new AttachGate(limit)
  connection.socket.on('open', () => gate.setOpen(true))
  onTestFinished(() => connection.stop())
  connection.start()
  const clock = new NotingClock()
  const refusals: SessionRefusal[] = []
  const { socket } = connection
  const env = { clock, random: () => 0, connection: { socket, gate, token: () => connection.token(), documentRefused: (refusal: SessionRefusal) => void refusals.push(refusal) } }
  return { server, clock, refusals, attach: (options: AttachmentOptions) => attach(env, options) }
}

function attach(env: ConstructorParameters<typeof DocumentAttachment>[0], options: AttachmentOptions) {
  const attachment = new DocumentAttachment(env, options)
  const doc = new Y.Doc()
  const told = { entered: 0, confirmed: 0, closed: 0, changed: 0, forGood: undefined as ErrorCode | undefined }
  attachment.changed.add(() => (told.changed += 1))
  onTestFinished(() => attachment.close())
  attachment.enter(() => {
    told.entered += 1
    attachment.open(doc, null, {
      confirmed: () => (told.confirmed += 1),
      ahead: () => undefined,
      closed: () => (told.closed += 1),
      refusedForGood: (code) => (told.forGood = code),
      stateless: () => undefined,
    })
  })
  return { attachment, doc, told }
}

function aRoom(server: TestServer) {
  const room = newId()
  server.putRoom(room)
  return docName.room(room)
}

describe('a document on the connection', () => {
  it('that is refused is asked for again, later each time, and at the first delay after it was open', async () => {
    const { server, clock, attach } = await connect()
    const name = aRoom(server)
    server.closedDocuments.set(name, 'retry:unavailable')
    const { attachment, told } = attach({ name, readOnly: true })
    for (let tries = 1; tries <= 4; tries += 1) {
      await vi.waitUntil(() => clock.waits.length === tries)
      if (tries === 4) server.closedDocuments.delete(name)
      await clock.pass(clock.waits.at(-1) ?? 0)
    }
    await vi.waitUntil(() => told.confirmed === 1)
    expect(clock.waits).toEqual([500, 1_000, 2_000, 4_000])
    expect([attachment.gone, told.changed]).toEqual([undefined, 0])
    server.closedDocuments.set(name, 'retry:unavailable')
    server.disconnectAll()
    await vi.waitUntil(() => clock.waits.length === 5)
    expect([clock.waits.at(-1), told.closed]).toEqual([500, 1])
  })

  it('is gone while the server does not give it to this user, and asked for at once when something suggests that it is there', async () => {
    const { server, clock, attach } = await connect()
    const name = aRoom(server)
    server.closedDocuments.set(name, 'gone:not_a_member')
    const { attachment, told } = attach({ name, readOnly: true })
    attachment.askAgain()
    expect(clock.waits).toEqual([])
    await vi.waitUntil(() => attachment.gone === 'not_a_member')
    server.closedDocuments.delete(name)
    attachment.askAgain()
    await clock.pass(0)
    await vi.waitUntil(() => told.confirmed === 1)
    expect([attachment.gone, told.changed, clock.waits]).toEqual([undefined, 2, [500, 0]])
  })

  it('that is refused because of the session is told of, and not asked for again', async () => {
    const { server, clock, refusals, attach } = await connect()
    const name = aRoom(server)
    server.closedDocuments.set(name, 'auth:session_ended')
    attach({ name, readOnly: true })
    await vi.waitUntil(() => refusals.length === 1)
    expect([refusals, clock.waits]).toEqual([[{ next: 'refresh' }], []])
  })

  it('that the server closes is asked for again, unless the reason is a final one', async () => {
    const { server, clock, attach } = await connect()
    server.refusesNotes = 'retry:unavailable'
    const again = attach({ name: docName.notes(newId()), readOnly: false, final: ['update_refused'] })
    await vi.waitUntil(() => again.told.confirmed === 1)
    again.doc.getMap('notes').set('a', 1)
    await vi.waitUntil(() => clock.waits.length === 1)
    expect([again.told.closed, again.told.forGood]).toEqual([1, undefined])

    server.refusesNotes = 'gone:update_refused'
    const never = attach({ name: docName.notes(newId()), readOnly: false, final: ['update_refused'] })
    await vi.waitUntil(() => never.told.confirmed === 1)
    never.doc.getMap('notes').set('a', 1)
    await vi.waitUntil(() => never.told.forGood === 'update_refused')
    expect([never.told.closed, never.attachment.gone, clock.waits]).toEqual([1, undefined, [500]])
  })

  it('waits for its place, and leaves it to the next one when it is open, refused or let go of', async () => {
    const { server, attach } = await connect(1)
    const [refused, closed] = [aRoom(server), aRoom(server)]
    server.closedDocuments.set(refused, 'gone:not_a_member')
    const all = [aRoom(server), refused, closed, aRoom(server)].map((name) => attach({ name, readOnly: true }))
    expect(all.map(({ told }) => told.entered)).toEqual([0, 0, 0, 0])
    all[2]?.attachment.close()
    await vi.waitUntil(() => all[3]?.told.confirmed === 1)
    expect(all.map(({ told }) => told.entered)).toEqual([1, 1, 0, 1])
  })

  it('that is let go of is not asked for any more', async () => {
    const { server, clock, attach } = await connect()
    const name = aRoom(server)
    server.closedDocuments.set(name, 'gone:not_a_member')
    const { attachment, told } = attach({ name, readOnly: true })
    await vi.waitUntil(() => clock.waits.length === 1)
    server.closedDocuments.delete(name)
    attachment.close()
    await clock.pass(60_000)
    expect([told.confirmed, clock.waits.length, attachment.gone]).toEqual([0, 1, 'not_a_member'])
    let entered = false
    attachment.enter(() => (entered = true))
    expect(entered).toBe(false)
  })
})
