// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import type { Answer, ServerCalls } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'

const INVALID: Answer<unknown> = refusal('invitation_invalid')
const GUEST: Answer<unknown> = { ok: true, value: { role: 'guest', invitedBy: 'Ada', expiresAt: 1 } }

/** The page of somebody who opens an invitation link, on a server with this mode of registration. */
function openLink(mode: string | undefined, invitation: Answer<unknown>) {
  const call = (async (_method: string, path: string) =>
    path === '/api/auth/registration' ? (mode === undefined ? refusal('offline') : { ok: true, value: { mode } }) : invitation) as ServerCalls['call']
  renderFixture({ phase: 'signed-out', server: call })
  act(() => navigate({ page: 'invite', section: 'code' }))
}
const form = () => screen.queryByRole('textbox', { name: 'Email' })

test('an invitation says who invites and as what', async () => {
  openLink('invitation', GUEST)
  expect(await screen.findByText(/invites you\. You join as a guest/)).toBeDefined()
  expect(form()).not.toBeNull()
})

test('a wrong invitation ends at an open door or at a closed one', async () => {
  openLink('open', INVALID)
  expect(await screen.findByText(/not valid.*You can open an account without it/)).toBeDefined()
  expect(form()).not.toBeNull()
})

test('without an invitation there is no form where one is needed', async () => {
  openLink('invitation', INVALID)
  expect(await screen.findByText(/Ask an administrator for a link/)).toBeDefined()
  expect(form()).toBeNull()
})

test('a closed server says so, with and without a link', async () => {
  openLink('closed', refusal('registration_closed'))
  expect(await screen.findByText(/New accounts are not possible here/)).toBeDefined()
  expect(form()).toBeNull()
})

test('a server that cannot be reached leaves the form where it is', async () => {
  openLink(undefined, refusal('offline'))
  expect(form()).not.toBeNull()
  await act(async () => Promise.resolve())
  expect(form()).not.toBeNull()
})
