// @vitest-environment happy-dom
import type { Report } from '@chatflow/shared/api/moderation'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { fixtureId, ME, TEAM } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import type { FixtureChat } from '../app/fixture-chat.ts'
import type { ServerCalls } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'

const room = fixtureId('room', 6)
const BO = { id: fixtureId('user', 2), username: 'bo', displayName: 'Bo Lindqvist' }
const CHIOMA = { id: fixtureId('user', 3), username: 'chioma', displayName: 'Chioma Okafor' }

/** Opens the menu of the message that Bo has just written into the room. */
function menuOf(chat: FixtureChat, text: string): void {
  act(() => chat.receive(room, text))
  const message = screen.getByRole('article', { name: new RegExp(text) })
  fireEvent.pointerEnter(message)
  fireEvent.click(within(message).getByRole('button', { name: 'More actions' }))
}

describe('reporting a message', () => {
  test('asks for a reason, and for words where the reason says nothing', async () => {
    const chat = renderFixture({ room })
    const report = vi.spyOn(chat.actions, 'reportMessage')
    menuOf(chat, 'bad words')
    fireEvent.click(screen.getByRole('menuitem', { name: 'Report' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Report this message?' }))
    fireEvent.click(dialog.getByRole('button', { name: 'Report' }))
    expect(dialog.getByRole('alert').textContent).toBe('Choose a reason.')
    fireEvent.click(dialog.getByRole('radio', { name: 'Something else' }))
    expect(dialog.queryByRole('alert')).toBeNull()
    fireEvent.click(dialog.getByRole('button', { name: 'Report' }))
    expect(dialog.getByRole('alert').textContent).toBe('Say in a few words what is wrong.')
    expect(report).not.toHaveBeenCalled()
    fireEvent.change(dialog.getByLabelText('Note'), { target: { value: '  off topic ' } })
    fireEvent.click(dialog.getByRole('button', { name: 'Report' }))
    await waitFor(() => expect(dialog.getByRole('status').textContent).toContain('Those who moderate this room will look at it.'))
    expect(report.mock.calls).toEqual([[room, expect.any(String), { reason: 'other', note: 'off topic' }]])
    fireEvent.click(dialog.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test('[R8] offline it is kept and says so; what could not be kept stays in the dialog', async () => {
    const chat = renderFixture({ room })
    const report = vi.spyOn(chat.actions, 'reportMessage').mockRejectedValueOnce(new Error('The disk is full.'))
    act(() => chat.setOffline(true))
    menuOf(chat, 'bad words')
    fireEvent.click(screen.getByRole('menuitem', { name: 'Report' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Report this message?' }))
    fireEvent.click(dialog.getByRole('radio', { name: 'Abuse' }))
    fireEvent.change(dialog.getByLabelText('Note'), { target: { value: 'again' } })
    fireEvent.click(dialog.getByRole('button', { name: 'Report' }))
    await waitFor(() => expect(dialog.getByRole('alert').textContent).toContain('could not be kept'))
    expect((dialog.getByLabelText('Note') as HTMLInputElement).value).toBe('again')
    fireEvent.click(dialog.getByRole('button', { name: 'Report' }))
    await waitFor(() => expect(dialog.getByRole('status').textContent).toContain('saved on this device and sent when you are back'))
    expect(report).toHaveBeenCalledTimes(2)
  })

  test('is not offered for one\'s own message', () => {
    const chat = renderFixture({ room })
    menuOf(chat, 'from someone else')
    expect(screen.getByRole('menuitem', { name: 'Report' })).toBeTruthy()
    fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' })
    act(() => chat.receive(room, 'of my own', { id: ME.id, username: ME.username, displayName: ME.displayName }))
    const own = screen.getByRole('article', { name: /of my own/, hidden: true })
    fireEvent.pointerEnter(own)
    fireEvent.click(within(own).getByRole('button', { name: 'More actions', hidden: true }))
    const menus = screen.getAllByRole('menu', { hidden: true })
    expect(within(menus.at(-1) as HTMLElement).queryByRole('menuitem', { name: 'Report', hidden: true })).toBeNull()
  })
})

describe('the member panel of whoever moderates', () => {
  const openPanel = (chat: FixtureChat): void => {
    expect(chat.store.getState().rooms.find(({ id }) => id === fixtureId('room', 1))?.role).toBe('owner')
    fireEvent.click(screen.getByRole('button', { name: '12 members' }))
  }
  const about = (name: string, item: string): void => {
    fireEvent.click(screen.getByRole('button', { name: `About ${name}` }))
    fireEvent.click(screen.getByRole('menuitem', { name: item }))
  }

  test('asks before someone is removed', async () => {
    const chat = renderFixture({ room: fixtureId('room', 1) })
    const remove = vi.spyOn(chat.actions, 'removeMember')
    openPanel(chat)
    about('Chioma Okafor', 'Remove from room')
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove Chioma Okafor from general?' }))
    expect(remove).not.toHaveBeenCalled()
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(remove).toHaveBeenCalledWith(fixtureId('room', 1), CHIOMA.id))
  })

  test('bans with a reason, lists who is banned without waiting for the server, and lifts it', async () => {
    const server: ServerCalls['call'] = async (_method, path) => {
      if (!path.includes('/bans')) return refusal('offline')
      return { ok: true, value: { bans: [{ user: { id: 'x', username: 'old', displayName: 'Old Banned' }, by: BO, reason: 'long ago', at: 1 }], total: 1 } as never }
    }
    const chat = renderFixture({ room: fixtureId('room', 1), server })
    const [ban, lift] = [vi.spyOn(chat.actions, 'banMember'), vi.spyOn(chat.actions, 'unbanMember')]
    openPanel(chat)
    await waitFor(() => expect(screen.getByRole('region', { name: 'Banned' }).textContent).toContain('Old Banned'))
    about('Chioma Okafor', 'Ban from room')
    const dialog = within(await screen.findByRole('dialog', { name: 'Ban Chioma Okafor from general?' }))
    fireEvent.change(dialog.getByLabelText('Reason'), { target: { value: ' noise ' } })
    fireEvent.click(dialog.getByRole('button', { name: 'Ban' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(ban).toHaveBeenCalledWith(fixtureId('room', 1), CHIOMA.id, 'noise')
    const banned = within(screen.getByRole('region', { name: 'Banned' }))
    expect(banned.getByText('noise')).toBeTruthy()
    fireEvent.click(banned.getByRole('button', { name: 'Lift ban of Old Banned' }))
    await waitFor(() => expect(banned.queryByText('Old Banned')).toBeNull())
    expect(lift).toHaveBeenCalledWith(fixtureId('room', 1), 'x')
    expect(banned.getByText('Chioma Okafor')).toBeTruthy()
  })

  test('a ban that was lifted stays away, also when the list comes once more before the server knows', async () => {
    let asked = 0
    const server: ServerCalls['call'] = async () => {
      asked += 1
      return { ok: true, value: { bans: [{ user: { id: 'x', username: 'old', displayName: 'Old Banned' }, by: BO, at: 1 }], total: 1 } as never }
    }
    const chat = renderFixture({ room: fixtureId('room', 1), server })
    openPanel(chat)
    fireEvent.click(await screen.findByRole('button', { name: 'Lift ban of Old Banned' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Banned' })).toBeNull())
    const before = asked
    act(() => chat.setOffline(true))
    act(() => chat.setOffline(false))
    await waitFor(() => expect(asked).toBeGreaterThan(before))
    await act(async () => {})
    expect(screen.queryByRole('region', { name: 'Banned' })).toBeNull()
  })

  test('shows neither to members', () => {
    renderFixture({ room: fixtureId('room', 5), server: async () => ({ ok: true, value: { bans: [{ user: BO, by: BO, at: 1 }], total: 1 } as never }) })
    fireEvent.click(screen.getByRole('button', { name: '12 members' }))
    fireEvent.click(screen.getByRole('button', { name: 'About Chioma Okafor' }))
    expect(screen.queryByRole('menuitem', { name: /Ban|Remove/ })).toBeNull()
    expect(screen.queryByRole('region', { name: 'Banned', hidden: true })).toBeNull()
  })
})

describe('the queue of reports', () => {
  const report = (n: number, more: Partial<Report> = {}): Report => ({
    id: fixtureId('message', 900 + n), room: { id: room, kind: 'public', name: 'reading-group' }, role: 'moderator', message: fixtureId('message', n), seq: n, author: BO,
    authorRole: 'member', reporter: CHIOMA, reason: 'spam', at: Date.now(), content: 'shown', text: `message ${n}`, ...more,
  })
  const open = (reports: Report[], options: Parameters<typeof renderFixture>[0] = {}) => {
    const call = vi.fn(async (method: string, path: string) => {
      if (method === 'POST') return { ok: true, value: { text: 'now it is seen', sentAt: 1 } }
      return { ok: true, value: { reports: path.includes('state=open') ? [...reports] : [], open: reports.length } }
    })
    const chat = renderFixture({ openReports: reports.length, server: call as unknown as ServerCalls['call'], ...options })
    return { chat, call }
  }
  const cards = (): HTMLElement[] => within(screen.getByRole('list', { name: 'Reports' })).getAllByRole('listitem')
  const buttons = (card: HTMLElement | undefined): (string | null)[] => within(within(card as HTMLElement).getByRole('group')).getAllByRole('button').map(({ textContent }) => textContent)

  test('has a badge in the sidebar while something is open, and none otherwise', () => {
    const { chat } = open([report(1), report(2)])
    fireEvent.click(screen.getByRole('link', { name: 'Reports, 2 open ones' }))
    act(() => navigate({}))
    act(() => chat.setState({ openReports: 0 }))
    expect(screen.queryByRole('link', { name: /Reports/ })).toBeNull()
  })

  test('settles a report in one step; what was said about the same message goes with it', async () => {
    const reports = [report(1), report(1, { id: fixtureId('message', 990), reporter: BO, reason: 'abuse' }), report(2)]
    const { chat } = open(reports)
    const resolve = vi.spyOn(chat.actions, 'resolveReport').mockImplementation(async () => {
      reports.splice(0, 2)
      chat.setState({ openReports: 1 })
    })
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(cards()).toHaveLength(3))
    expect(cards()[0]?.textContent).toContain('message 1')
    expect(buttons(cards()[0])).toEqual(['Dismiss', 'Write to author', 'Delete message', 'Remove author', 'Ban author', 'Add note'])
    fireEvent.click(within(cards()[0] as HTMLElement).getByRole('button', { name: 'Delete message' }))
    await waitFor(() => expect(cards().map(({ textContent }) => textContent?.includes('message 2'))).toEqual([true]))
    expect(resolve.mock.calls).toEqual([[room, fixtureId('message', 901), { outcome: 'removed' }]])
  })

  test('keeps a note with the decision; one that is too long decides nothing', async () => {
    const { chat } = open([report(1)])
    const resolve = vi.spyOn(chat.actions, 'resolveReport')
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(cards()).toHaveLength(1))
    const card = within(cards()[0] as HTMLElement)
    fireEvent.click(card.getByRole('button', { name: 'Add note' }))
    fireEvent.change(card.getByLabelText('Note'), { target: { value: 'x'.repeat(501) } })
    fireEvent.click(card.getByRole('button', { name: 'Dismiss' }))
    expect(card.getByText('At most 500 characters.')).toBeTruthy()
    expect(resolve).not.toHaveBeenCalled()
    fireEvent.change(card.getByLabelText('Note'), { target: { value: ' known joke ' } })
    fireEvent.click(card.getByRole('button', { name: 'Dismiss' }))
    await waitFor(() => expect(resolve.mock.calls).toEqual([[room, fixtureId('message', 901), { outcome: 'dismissed', note: 'known joke' }]]))
  })

  test('[R8] a report whose decision was refused stands in the queue again', async () => {
    const { chat } = open([report(1)])
    vi.spyOn(chat.actions, 'resolveReport').mockResolvedValue()
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(cards()).toHaveLength(1))
    act(() => chat.setState({ undelivered: 1 }))
    fireEvent.click(within(cards()[0] as HTMLElement).getByRole('button', { name: 'Dismiss' }))
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Reports' })).toBeNull())
    act(() => chat.setState({ undelivered: 0 }))
    await waitFor(() => expect(cards()).toHaveLength(1))
  })

  test('[R12] offers only what the server would not refuse', async () => {
    open([
      report(1, { authorRole: 'owner' }),
      report(2, { authorRole: undefined as never, content: 'deleted' }),
      report(3, { room: { id: room, kind: 'dm', name: '' }, role: undefined as never, authorRole: 'member' }),
    ], { me: { ...ME, role: 'member' } })
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(cards()).toHaveLength(3))
    expect(buttons(cards()[0])).toEqual(['Dismiss', 'Write to author', 'Delete message', 'Add note'])
    expect(buttons(cards()[1])).toEqual(['Dismiss', 'Write to author', 'Ban author', 'Add note'])
    expect(buttons(cards()[2])).toEqual(['Dismiss', 'Write to author', 'Add note'])
  })

  test('shows a private message to an administrator only when asked for by itself', async () => {
    const { text: _text, ...withheld } = report(1, { content: 'withheld', room: { id: room, kind: 'dm', name: '' }, role: undefined as never })
    const { call } = open([withheld], { me: { ...ME, role: 'admin' } })
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(cards()).toHaveLength(1))
    expect(cards()[0]?.textContent).toContain('The audit log will note that you looked at it.')
    expect(call.mock.calls.every(([method]) => method === 'GET')).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Show message' }))
    await waitFor(() => expect(screen.getByText('now it is seen')).toBeTruthy())
    expect(call.mock.calls.at(-1)?.slice(0, 2)).toEqual(['POST', `/api/reports/${withheld.id}/message`])
    expect(buttons(cards()[0])).toEqual(['Dismiss', 'Write to author', 'Delete message', 'Add note'])
  })

  test('offline, and without any report, says what is the matter', async () => {
    renderFixture()
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(screen.getByText('Reports are shown when you are online.')).toBeTruthy())
    open([])
    act(() => navigate({ page: 'reports', section: 'open' }))
    await waitFor(() => expect(screen.getByText('Nothing to settle')).toBeTruthy())
  })
})

test('a message that another person deleted says who did', () => {
  const chat = renderFixture({ room })
  act(() => chat.receive(room, 'gone soon'))
  const timeline = chat.store.getState().timeline
  const message = timeline?.at(timeline.head)
  if (timeline === undefined || message === undefined) throw new Error('no message')
  act(() => chat.setState({ timeline: { ...timeline, at: () => ({ ...message, text: '', deleted: true, deletedBy: TEAM[2] as never }) } }))
  expect(screen.getByRole('article', { name: /Message deleted by Chioma Okafor/ }).textContent).toContain('Message deleted by Chioma Okafor')
})
