import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { expect, it, onTestFinished } from 'vitest'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import { FakeAuth } from '../sync/testing/fake-auth.ts'
import { person, startServer } from '../sync/testing/harness.ts'
import { ChatController } from './chat-controller.ts'
import type { ChatState } from './contract.ts'

const LATER = 4_000_000_000_000

/** A page of somebody who is in one room, connected. */
async function open() {
  const server = await startServer()
  const user = person()
  const room = newId()
  server.putRoom(room, 'General')
  server.putUser(user.id, room, { kind: 'public', name: 'General', role: 'member' })
  const device = new MemoryDevice()
  const auth = new FakeAuth(user)
  const controller = new ChatController(createMemoryPlatform({ device, WebSocket, origin: server.origin, random: () => 0, fetch: auth.fetch }))
  onTestFinished(() => controller.close())
  await controller.start()
  const { store, actions } = controller
  const until = (condition: (state: ChatState) => boolean): Promise<ChatState> =>
    new Promise((resolve) => {
      const look = (state: ChatState): void => {
        if (!condition(state)) return
        stop()
        resolve(state)
      }
      const stop = store.subscribe(look)
      look(store.getState())
    })
  await actions.signIn({ login: user.username, password: 'correct horse' })
  await until((state) => state.connection.state === 'connected' && state.rooms.length === 1)
  const onDevice = async (): Promise<string> => JSON.stringify(await device.openStores.at(-1)?.readAll())
  return { server, user, room, actions, store, until, onDevice }
}

it('a scheduled message is listed at once, changed, and gone when it is cancelled, also from this device', async () => {
  const { server, room, actions, until, store, onDevice } = await open()
  server.answering = false
  await actions.scheduleMessage(room, 'planted text', { sendAt: LATER })
  const [item] = (await until((state) => state.scheduled.length === 1)).scheduled
  expect(item).toMatchObject({ room, roomName: 'General', text: 'planted text', sendAt: LATER, waiting: true })
  const id = item?.id ?? ''
  await actions.rescheduleMessage(id, { text: 'planted more', sendAt: LATER + 1 })
  await until((state) => state.scheduled[0]?.text === 'planted more' && state.scheduled[0].sendAt === LATER + 1)
  server.answer()
  await until((state) => state.scheduled[0]?.waiting === false)
  expect(store.getState().scheduled).toEqual([{ id, room, roomName: 'General', text: 'planted more', sendAt: LATER + 1, waiting: false }])
  expect(await onDevice()).toContain('planted')
  await actions.unscheduleMessage(id)
  await until((state) => state.scheduled.length === 0 && state.undelivered === 0)
  await expect.poll(onDevice).not.toContain('planted')
})

it('why it could not be sent stands with it, and goes with the next try', async () => {
  const { server, user, room, actions, until } = await open()
  await actions.scheduleMessage(room, 'text', { sendAt: LATER })
  const id = (await until((state) => state.scheduled[0]?.waiting === false)).scheduled[0]?.id ?? ''
  server.write(docName.user(user.id), (doc) => doc.getMap('scheduled').set(id, { room, text: 'text', sendAt: LATER, failed: 'not_a_member' }))
  expect((await until((state) => state.scheduled[0]?.failed !== undefined)).scheduled[0]?.failed).toBe('not_a_member')
  server.answering = false
  await actions.rescheduleMessage(id, {})
  await until((state) => state.scheduled[0]?.failed === undefined)
})

it('[R8] what is refused stays with its text, can be scheduled anew, or thrown away', async () => {
  const { server, room, actions, until } = await open()
  server.refuses.set('message.schedule', 'too_many_scheduled')
  await actions.scheduleMessage(room, 'too many', { sendAt: LATER })
  const refused = (await until((state) => state.scheduled[0]?.rejection !== undefined)).scheduled[0]
  expect(refused).toMatchObject({ text: 'too many', rejection: { code: 'too_many_scheduled' } })
  server.refuses.clear()
  await actions.rescheduleMessage(refused?.id ?? '', { text: 'one fewer' })
  const anew = (await until((state) => state.scheduled[0]?.waiting === false && state.scheduled[0].rejection === undefined && state.scheduled.length === 1)).scheduled[0]
  expect(anew).toMatchObject({ text: 'one fewer', sendAt: LATER })
  server.refuses.set('message.reschedule', 'scheduled_not_found')
  await actions.rescheduleMessage(anew?.id ?? '', { text: 'too late' })
  await until((state) => state.scheduled[0]?.rejection?.code === 'scheduled_not_found' && state.scheduled[0].text === 'too late')
  await actions.unscheduleMessage(anew?.id ?? '')
  await until((state) => state.scheduled.length === 0)
})
