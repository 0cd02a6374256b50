// @vitest-environment happy-dom
import type { SessionInfo } from '@chatflow/shared/api/sessions'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderFixture } from '../../../app/render-fixture.tsx'
import { navigate } from '../../../app/use-route.ts'
import type { Answer } from '../../../chat/contract.ts'
import { refusal } from '../../../chat/refusal-words.ts'

const session = (id: string, device: string, browser: string): SessionInfo => ({ id, device, browser, createdAt: 0, lastUsedAt: 0, current: id === 'here' })

/** The settings page of devices. Answers how another device signs in, how the network goes away, and how often the server was asked. */
function open() {
  let sessions = [session('here', 'Linux', 'Chrome 126'), session('phone', 'iPhone', 'Safari 17'), session('old', '', '')]
  let away = false
  let asked = 0
  renderFixture({
    server: async <T,>(method: string, path: string): Promise<Answer<T>> => {
      const id = path.split('/')[4]
      if (path === '/api/auth/sessions' && method === 'GET') asked += 1
      if (away) return refusal('offline')
      if (method === 'DELETE') sessions = sessions.filter((one) => (id === undefined ? one.current : one.id !== id))
      return { ok: true, value: (method === 'DELETE' ? undefined : { sessions }) as T }
    },
  })
  act(() => navigate({ page: 'settings', section: 'devices' }))
  return {
    signInElsewhere: () => (sessions = [...sessions, session('new', 'Windows', 'Edge 130')]),
    goAway: () => (away = true),
    asked: () => asked,
  }
}
const items = () => within(screen.getByRole('list', { name: 'Devices' })).getAllByRole('listitem').map((item) => item.textContent)
const confirm = async (name: string) => fireEvent.click(within(await screen.findByRole('dialog', { name })).getByRole('button', { name: 'End' }))

test('the present device is marked and cannot be ended here; another one can, after a question', async () => {
  open()
  await screen.findByRole('button', { name: 'End Safari 17 on iPhone' })
  expect(items()[0]).toContain('This device')
  expect(screen.queryByRole('button', { name: 'End Chrome 126 on Linux' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'End Safari 17 on iPhone' }))
  await confirm('End the session on Safari 17 on iPhone?')
  await waitFor(() => expect(items()).toHaveLength(2))
})

test('all others are ended at once, and nothing is offered when this one is alone', async () => {
  open()
  fireEvent.click(await screen.findByRole('button', { name: 'End all others' }))
  await confirm('End all other sessions?')
  await waitFor(() => expect(items()).toHaveLength(1))
  expect(screen.queryByRole('button', { name: 'End all others' })).toBeNull()
})

test('a device that has signed in elsewhere is there when one comes back to the page, which asks once; away from the network the last list stays', async () => {
  const { signInElsewhere, goAway, asked } = open()
  await screen.findByRole('button', { name: 'End Safari 17 on iPhone' })
  signInElsewhere()
  expect(items()).toHaveLength(3)
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event('focus'))
  })
  await waitFor(() => expect(items()).toHaveLength(4))
  const before = asked()
  goAway()
  act(() => void window.dispatchEvent(new Event('focus')))
  await waitFor(() => expect(asked()).toBe(before + 1))
  expect(items()).toHaveLength(4)
})
