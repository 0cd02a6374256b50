import { newId } from '@chatflow/shared/ids'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import type { Answer, ChatState } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'
import type { FixtureOptions } from '../app/fixture-chat.ts'
import { pushEndedKey } from './push-ended.ts'

type Notifications = ChatState['notifications']
const ON: Notifications = { permission: 'granted', on: true, offered: false, push: 'on' }

function settings(notifications: Notifications, server?: FixtureOptions['server']) {
  const chat = renderFixture({ notifications, ...(server ? { server } : {}) })
  const set = vi.spyOn(chat.actions, 'setSetting')
  const push = vi.spyOn(chat.actions, 'setPushHere')
  const here = vi.spyOn(chat.actions, 'setNotificationsHere')
  const attempt = vi.spyOn(chat.actions, 'tryNotification')
  act(() => navigate({ page: 'settings', section: 'notifications' }))
  return { set, push, here, attempt }
}

it('notifications are offered in a bar, and asked for by a click alone', async () => {
  const chat = renderFixture({ notifications: { permission: 'default', on: false, offered: true, push: 'waiting' } })
  expect(await screen.findByText('Be told of new messages while you are somewhere else?')).toBeTruthy()
  expect(chat.store.getState().notifications.permission).toBe('default')
  fireEvent.click(screen.getByRole('button', { name: 'Turn on notifications' }))
  expect(chat.store.getState().notifications.permission).toBe('granted')
  expect(screen.queryByText('Be told of new messages while you are somewhere else?')).toBeNull()
})

it('the offer can be put off, and is not made where it would be in vain', async () => {
  const chat = renderFixture({ notifications: { permission: 'default', on: false, offered: true, push: 'waiting' } })
  fireEvent.click(await screen.findByRole('button', { name: 'Not now' }))
  expect(chat.store.getState().notifications.offered).toBe(false)
  expect(screen.queryByRole('button', { name: 'Turn on notifications' })).toBeNull()
})

it.each([
  ['unsupported', 'cannot show notifications here'],
  ['denied', 'Your browser blocks notifications of ChatFlow.'],
  ['default', 'Your browser will ask you first.'],
] as const)('settings say what holds where the browser says "%s"', async (permission, words) => {
  settings({ permission, on: false, offered: false, push: 'unavailable' })
  expect(await screen.findByText(words, { exact: false })).toBeTruthy()
  expect(screen.queryByRole('switch', { name: 'Show notifications here' })).toBeNull()
})

it('where they are allowed they can be tried, switched off here, and with them what is told while nothing is open', async () => {
  const { attempt, here, push } = settings(ON)
  fireEvent.click(await screen.findByRole('button', { name: 'Show me one' }))
  expect(attempt).toHaveBeenCalledOnce()
  fireEvent.click(screen.getByRole('switch', { name: 'Also while ChatFlow is closed' }))
  expect(push).toHaveBeenCalledWith(false)
  fireEvent.click(screen.getByRole('switch', { name: 'Show notifications here' }))
  expect(here).toHaveBeenCalledWith(false)
  expect(screen.queryByRole('button', { name: 'Show me one' })).toBeNull()
})

it('a push service that declines is said, and can be tried again', async () => {
  const { push } = settings({ ...ON, push: 'failed' })
  const group = (await screen.findByText(/The push service of your browser cannot be reached/)).closest('section')
  fireEvent.click(within(group as HTMLElement).getByRole('button', { name: 'Try again' }))
  expect(push).toHaveBeenCalledWith(true)
})

it('sound and hidden text are settings of the account', async () => {
  const { set } = settings(ON)
  fireEvent.click(await screen.findByRole('switch', { name: 'With a sound' }))
  fireEvent.click(screen.getByRole('switch', { name: 'Without what was written' }))
  expect(set.mock.calls).toEqual([['notify.sound', false], ['notify.hideText', true]])
})

it('it is quiet at once for as long as was chosen, which is said, and ended', async () => {
  const { set } = settings(ON)
  const before = Date.now()
  fireEvent.click(await screen.findByRole('button', { name: 'For 30 minutes' }))
  const [key, until] = set.mock.calls[0] ?? []
  expect(key).toBe('dnd.until')
  expect(until).toBeGreaterThanOrEqual(before + 30 * 60_000)
  expect(screen.getByText(/^Quiet until \d/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'End it now' }))
  expect(set.mock.calls[1]).toEqual(['dnd.until', null])
})

it('quiet hours of every week have days, times and a zone', async () => {
  const { set } = settings(ON)
  fireEvent.click(await screen.findByRole('switch', { name: 'Quiet every week' }))
  const zone = new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  expect(set.mock.calls.at(-1)).toEqual(['dnd.hours', { on: true, days: [0, 1, 2, 3, 4, 5, 6], from: 1_320, to: 420, zone }])
  fireEvent.click(screen.getByRole('button', { name: 'Sun' }))
  expect(set.mock.calls.at(-1)?.[1]).toMatchObject({ days: [1, 2, 3, 4, 5, 6] })
  expect(screen.getByText(/It ends on the next day/)).toBeTruthy()
})

it('devices that are told while nothing is open are listed by their browsers, and can be ended', async () => {
  const subscription = { device: newId(), language: 'en', createdAt: Date.now() }
  const other = newId()
  const gone: string[] = []
  const { set, push } = settings(ON, async (method, path) => {
    if (method === 'DELETE') gone.push(path)
    const subscriptions = [{ ...subscription, id: 'one', service: 'fcm.googleapis.com', current: true }, { ...subscription, id: 'two', device: other, service: 'push.example.org', current: false, deliveredAt: Date.now() }]
    return { ok: true, value: { subscriptions } as never }
  })
  const list = await screen.findByRole('list', { name: 'Told while ChatFlow is closed' })
  expect(within(list).getByText('Chrome, this device')).toBeTruthy()
  fireEvent.click(within(list).getByRole('button', { name: 'End for push.example.org' }))
  await waitFor(() => expect(set).toHaveBeenCalledWith(pushEndedKey(other), true))
  expect(gone).toEqual(['/api/push/subscriptions/two'])
  expect(push).not.toHaveBeenCalled()
})

/** The settings with push on another device; `end` answers what was asked of the server to end it. */
async function anotherDevice(end: () => Answer<never>) {
  const device = newId()
  const ended: string[] = []
  const { set } = settings(ON, async (method, path) => {
    if (method === 'DELETE') {
      ended.push(path)
      return end()
    }
    const subscriptions = path === '/api/push/subscriptions' ? [{ id: 'two', device, language: 'en', createdAt: Date.now(), service: 'push.example.org', current: false }] : []
    return { ok: true, value: { subscriptions } as never }
  })
  const button = await screen.findByRole('button', { name: 'End for push.example.org' })
  return { device, ended, set, button }
}

it('a device that could not be noted as ended is not ended at the server either, which is said; its next try takes the word back', async () => {
  const { ended, set, button } = await anotherDevice(() => ({ ok: true, value: undefined as never }))
  set.mockRejectedValueOnce(new Error('the disk is full'))
  fireEvent.click(button)
  expect((await screen.findByRole('alert')).textContent).toBe('This could not be kept on your device. Try again.')
  expect(ended).toEqual([])
  fireEvent.click(button)
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(ended).toEqual(['/api/push/subscriptions/two'])
})

it('ended without a connection, another device stops once there is one, which is said instead of that it failed', async () => {
  const { device, set, button } = await anotherDevice(() => refusal('offline'))
  fireEvent.click(button)
  expect(await screen.findByText('Noted. It ends there once you are connected again.')).toBeTruthy()
  expect(set).toHaveBeenCalledWith(pushEndedKey(device), true)
  expect(screen.queryByRole('alert')).toBeNull()
})

it('the account menu makes it quiet, and says so', async () => {
  const chat = renderFixture({ notifications: ON })
  fireEvent.click(await screen.findByRole('button', { name: /^Your account/ }))
  const menu = screen.getByRole('dialog', { name: 'Your account' })
  fireEvent.click(within(menu).getByRole('button', { name: 'Do not disturb' }))
  fireEvent.click(within(menu).getByRole('button', { name: 'For 1 hour' }))
  expect(chat.store.getState().notifications.quietUntil).toBeGreaterThan(Date.now())
  expect(within(menu).getByRole('button', { name: /^Quiet until/ })).toBeTruthy()
  expect(screen.getByTitle('Do not disturb')).toBeTruthy()
})
