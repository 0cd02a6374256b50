import { newId } from '@chatflow/shared/ids'
import type { PushPayload } from '@chatflow/shared/notify/push-payload'
import { expect, it } from 'vitest'
import { openPlace } from './open-place.ts'
import { showPush } from './show-push.ts'
import type { WorkerNotification, WorkerPage, WorkerPorts } from './worker-ports.ts'

const room = newId()
const payload: PushPayload = { room, message: newId(), seq: 7, roomName: 'harbour', kind: 'public', reason: 'message', by: 'Ann', text: 'hello', language: 'en', count: 1, sound: true }

function worker(pages: Partial<WorkerPage>[] = [], language?: string) {
  const shown: WorkerNotification[] = []
  const posted: unknown[] = []
  const opened: string[] = []
  const state = { marked: 0, focused: 0 }
  const ports: WorkerPorts = {
    shown: async (tag) => shown.filter((one) => one.tag === tag),
    show: async (notification) => void shown.push(notification),
    pages: async () => pages.map((page, i) => ({ focused: false, visible: false, post: (message) => void posted.push([i, message]), focus: async () => (state.focused += 1), ...page })),
    open: async (address) => void opened.push(address),
    language: async () => language,
    markIcon: () => (state.marked += 1),
  }
  return { ports, shown, posted, opened, state, push: (change: Partial<PushPayload> = {}) => showPush(JSON.stringify({ ...payload, ...change }), ports) }
}

it('a push message is shown with where, who and what, and marks the icon where no page is open', async () => {
  const { push, shown, state } = worker()
  await push()
  expect(shown).toEqual([
    { title: 'harbour', body: 'Ann: hello', icon: '/icons/icon-192.png', tag: room, silent: false, renotify: true, data: { room, message: payload.message, seq: 7, count: 1 } },
  ])
  expect(state.marked).toBe(1)
})

it.each([
  [{ kind: 'dm', roomName: '' }, 'Ann', 'hello'],
  [{ kind: 'dm', roomName: '', text: undefined }, 'Ann', 'New message'],
  [{ text: undefined }, 'harbour', 'New message from Ann'],
  [{ count: 3 }, 'harbour (3 new)', 'Ann: hello'],
  [{ kind: 'dm', roomName: 'Ann, Bo', count: 2 }, 'Ann, Bo (2 new)', 'Ann: hello'],
  [{ language: 'de', count: 3 }, 'harbour (3 neue)', 'Ann: hello'],
  [{ language: 'de-AT', text: undefined }, 'harbour', 'Neue Nachricht von Ann'],
  [{ language: 'fr', text: undefined }, 'harbour', 'New message from Ann'],
  [{ by: '{{text}}', text: '{{name}}' }, 'harbour', '{{text}}: {{name}}'],
] as const)('%j says "%s" and "%s"', async (change, title, body) => {
  const { push, shown } = worker()
  await push(change as Partial<PushPayload>)
  expect(shown).toMatchObject([{ title, body }])
})

it.each([undefined, '', 'no JSON', '{"room":"../.."}', '[]'])('[R9] %j is shown too, in the language of the interface', async (text) => {
  const { ports, shown } = worker([], 'de')
  await showPush(text, ports)
  expect(shown).toMatchObject([{ title: 'ChatFlow', body: 'Neue Nachricht', tag: 'chatflow' }])
})

it('it is shown though nothing else of the worker works', async () => {
  const fail = () => Promise.reject(new Error('no'))
  const { ports, shown } = worker()
  await showPush(JSON.stringify(payload), { ...ports, shown: fail, pages: fail, language: fail })
  await showPush(undefined, { ...ports, shown: fail, pages: fail, language: fail })
  expect(shown.map(({ body }) => body)).toEqual(['Ann: hello', 'New message'])
})

it('without sound it is silent, and so it is where somebody is at a page, which is told', async () => {
  const silent = worker()
  await silent.push({ sound: false })
  const attended = worker([{ focused: true, visible: true }, {}])
  await attended.push()
  expect([...silent.shown, ...attended.shown].map((one) => [one.silent, one.renotify])).toEqual([[true, true], [true, false]])
  expect(attended.posted).toEqual([[0, { type: 'push-shown' }], [1, { type: 'push-shown' }]])
  expect(attended.state.marked).toBe(0)
})

it('an older message does not take the place of a newer one, and a repeat makes no second noise', async () => {
  const { push, shown } = worker()
  await push({ text: 'newer' })
  await push({ text: 'newer' })
  await push({ seq: 6, text: 'older' })
  expect(shown.map((one) => [one.body, one.silent, one.renotify])).toEqual([['Ann: newer', false, true], ['Ann: newer', true, false], ['Ann: newer', true, false]])
  await push({ seq: 8, text: 'newest' })
  expect(shown.at(-1)).toMatchObject({ body: 'Ann: newest', renotify: true })
})

it('a click brings the page to the front that is nearest to it, at the message', async () => {
  const { ports, posted, opened, state } = worker([{}, { visible: true }, { visible: true, focused: true }])
  await openPlace({ room, seq: 7 }, ports)
  expect(posted).toEqual([[2, { type: 'open-place', room, seq: 7 }]])
  expect([state.focused, opened]).toEqual([1, []])
})

it('without a page it opens one there, and a click on what names no place only opens the app', async () => {
  const { ports, opened } = worker()
  await openPlace({ room, seq: 7 }, ports)
  await openPlace(undefined, ports)
  await openPlace({ room: '//evil.example', seq: 7 }, ports)
  expect(opened).toEqual([`/#/rooms/${room}/at/7`, '/', '/'])
})

it('a browser that does not let the page come to the front still shows the message in it', async () => {
  const { ports, posted } = worker([{ focus: () => Promise.reject(new Error('not allowed')) }])
  await openPlace({ room, seq: 7 }, ports)
  expect(posted).toHaveLength(1)
})
