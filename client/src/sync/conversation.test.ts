import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { MemoryDevice } from '../platform/memory-platform.ts'
import type { ChatCore } from './chat-core.ts'
import { Conversation } from './conversation.ts'
import { openPage, person, startServer, until } from './testing/harness.ts'
import type { TestServer } from './testing/test-server.ts'

const HEAD = 2_000

/** A room of 2 000, with a conversation that began at 3 and has answers at 600, 1 000 and 1 999. */
async function roomWithConversation() {
  const server = await startServer()
  const user = person()
  const [room, root] = [newId(), newId()]
  server.putRoom(room, 'General')
  server.putUser(user.id, room, { kind: 'public', name: 'General', role: 'member' })
  server.write(docName.room(room), (doc) => doc.getMap('room').set('head', HEAD))
  server.putEntry(room, { seq: 3, id: root, text: 'question', answers: { count: 3, at: 9 } })
  const answers = [600, 1_000, 1_999].map((seq) => ({ seq, id: newId() }))
  for (const { seq, id } of answers) server.putEntry(room, { seq, id, text: `answer at ${seq}`, replyTo: root, replySeq: 3 })
  server.putEntry(room, { seq: HEAD, id: newId(), text: 'newest' })
  return { server, user, room, root, answers }
}

/** As it is used: asked to look whenever anything changes. */
function open(core: ChatCore, room: Id, root: Id, thread: (before?: number) => Promise<number[]>) {
  const asked: (number | undefined)[] = []
  const conversation = new Conversation({
    room,
    root,
    api: {
      thread: async (_room, _root, before) => {
        asked.push(before)
        const seqs = await thread(before)
        const entry = (seq: number) => ({ seq, id: '', rev: 0, by: '', sentAt: 0, receivedAt: 0, text: '' })
        return { root: { ...entry(3), answers: { count: 3, at: 9 } }, entries: seqs.map(entry), more: before === undefined && seqs.length < 3 }
      },
    },
    online: () => core.isOnline,
    replica: () => core.rooms.held(room),
    stored: async () => ['room/other', docName.log(room, 0), docName.log(room, 2)],
  })
  core.changed.add(() => conversation.update())
  conversation.changed.add(() => conversation.update())
  conversation.update()
  return { conversation, asked, texts: () => conversation.answers().map(({ text }) => text) }
}

async function connect(server: TestServer, user: ReturnType<typeof person>, room: Id, device = new MemoryDevice()) {
  const { core } = await openPage(server, user, { device })
  core.openRoom(room)
  await until(core, () => core.isOnline && core.rooms.held(room)?.entry(HEAD) !== undefined)
  return core
}

it('a conversation is read where the server says that its answers stand, and nothing between', async () => {
  const { server, user, room, root } = await roomWithConversation()
  const core = await connect(server, user, room)
  const { conversation, texts, asked } = open(core, room, root, async (before) => (before === undefined ? [1_000, 1_999] : [600]))
  await until(core, () => texts().length === 2 && conversation.beginning() !== undefined)
  expect(texts()).toEqual(['answer at 1000', 'answer at 1999'])
  expect(core.rooms.held(room)?.segments().map(({ index }) => index)).toEqual([0, 3, 6, 7])
  expect(conversation.hasOlder).toBe(true)
  conversation.older()
  await until(core, () => texts().length === 3)
  expect(asked).toEqual([undefined, 1_000])
  conversation.close()
  expect(core.rooms.held(room)?.segments().map(({ index }) => index)).toEqual([6, 7])
})

it('without a network it shows what is on the device', async () => {
  const { server, user, room, root } = await roomWithConversation()
  const device = new MemoryDevice()
  const online = await connect(server, user, room, device)
  const first = open(online, room, root, async () => [600, 1_999])
  await until(online, () => first.texts().length === 2 && online.rooms.held(room)?.settled === true)
  await online.close()
  await server.stop()

  const { core } = await openPage(server, user, { device, start: false })
  core.openRoom(room)
  const { conversation, texts, asked } = open(core, room, root, async () => [])
  await until(core, () => texts().length === 2 && conversation.beginning() !== undefined)
  expect([texts(), conversation.beginning()?.answers?.count, asked]).toEqual([['answer at 600', 'answer at 1999'], 3, []])
})

it('a refusal is not asked for again and again', async () => {
  const { server, user, room, root } = await roomWithConversation()
  const core = await connect(server, user, room)
  const { conversation, asked } = open(core, room, root, () => Promise.reject(new Error('no')))
  await until(core, () => asked.length === 1 && !conversation.loading)
  for (let i = 0; i < 5; i += 1) conversation.update()
  expect(asked).toHaveLength(1)
})

it('a quoted message on the screen is there with its author and text, wherever it stands', async () => {
  const { server, user, room, root } = await roomWithConversation()
  const core = await connect(server, user, room)
  core.rooms.show({ first: 1_990, last: HEAD })
  await until(core, () => core.rooms.held(room)?.find(root)?.text === 'question')
  expect(core.rooms.held(room)?.segments().map(({ index }) => index)).toEqual([0, 6, 7])
})
