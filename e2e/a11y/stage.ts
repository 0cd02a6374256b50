import { type Id, dmRoomId, newId } from '@chatflow/shared/ids'
import { Account, PASSWORD, command } from '../support/account.ts'
import { writeNotes } from '../support/notes-writer.ts'
import { appCode } from '../support/authenticator-app.ts'

/** A small server in which every page has something to show. */
export interface Stage {
  url: string
  /** The first account: owns the room. */
  ada: Account
  ben: Account
  cleo: Account
  /** Is in no room. */
  newcomer: Account
  /** Has not set up a second step when one is required. */
  late: Account
  room: Id
  direct: Id
  /** A message with an answer. */
  root: Id
  /** A link for opening an account. */
  invitation: string
}

/** Fills the server at `url`, which must be new, as far as possible without a browser. */
export async function setStage(url: string): Promise<Stage> {
  const ada = await Account.register(url, 'ada')
  const register = (name: string) => Account.register(url, name)
  const [ben, cleo, dora, newcomer, late] = await Promise.all([register('ben'), register('cleo'), register('dora'), register('nadia'), register('lars')])
  const [room, quiet, direct] = [newId(), newId(), dmRoomId([ada.id, ben.id])]
  const write = (text: string, more: object = {}) => command({ type: 'message.send', room, text, ...more })
  const plan = write('The ferry leaves at *ten*. See https://example.org/plan and `tide.csv`:\n\n```\nhigh 04:12\nlow 10:31\n```')
  const refused = write('Buy my boats')
  await accept(url, ada, command({ type: 'room.create', room, kind: 'public', name: 'harbour', topic: 'Ships and tides', members: [ben.id, cleo.id, dora.id] }))
  await accept(url, ada, command({ type: 'room.create', room: quiet, kind: 'private', name: 'quiet', members: [ben.id] }))
  await accept(url, ben, command({ type: 'room.create', room: direct, kind: 'dm', members: [ada.id] }))
  await accept(url, ada, plan, command({ type: 'message.pin', room, message: plan.id, on: true }))
  await accept(url, ben, write('> Who is on deck?\n\nI am.', { replyTo: plan.id }), write(`@${ada.username} can you check the timetable?`), command({ type: 'message.react', room, message: plan.id, emoji: '👍', on: true }))
  await accept(url, ben, command({ type: 'message.send', room: direct, text: 'Just between us' }), command({ type: 'message.send', room: quiet, text: 'Nobody has read this' }))
  const settled = write('Also spam')
  const deleted = write('Never mind')
  await accept(url, cleo, refused, settled, deleted, command({ type: 'message.delete', room, message: deleted.id }))
  const report = command({ type: 'message.report', room, message: settled.id, reason: 'spam' })
  await accept(url, ben, command({ type: 'message.report', room, message: refused.id, reason: 'spam', note: 'Boats again' }), report)
  await accept(url, ada, command({ type: 'report.resolve', room, report: report.id, outcome: 'dismissed' }), command({ type: 'member.ban', room, user: dora.id, reason: 'Sells boats' }))
  await accept(url, ada, write('Yes, **all of it**.'), command({ type: 'message.react', room, message: plan.id, emoji: '🎉', on: true }))
  // Twice, so that there is an earlier version.
  await writeNotes(url, ben, room, [['heading', 'Tides', { level: 1 }], ['paragraph', 'Tide tables: see [the book]']])
  await writeNotes(url, ben, room, [['task', 'Buy rope', { checked: true }], ['ordered', 'Look out'], ['quote', 'Red sky at night'], ['code', 'high 04:12']])
  const read = (await ben.history(url, room)).at(-1)?.seq
  await accept(url, ben, command({ type: 'room.read', room, seq: read }))
  await accept(url, ada, command({ type: 'message.schedule', room, text: 'Good morning', sendAt: Date.now() + 86_400_000 }))
  await fillAuditLog(url, { ada, dora, room, cleo })
  const { url: invitation } = await call<{ url: string }>(url, ada, 'POST', '/api/auth/admin/invitations', { role: 'member', uses: 5, expiresInHours: 24, note: 'for the crew' })
  return { url, ada, ben, cleo, newcomer, late, room, direct, root: plan.id, invitation }
}

/** One of each kind of fact that can come about without a device of its own; all is as before afterwards. */
async function fillAuditLog(url: string, { ada, dora, cleo, room }: { ada: Account; dora: Account; cleo: Account; room: Id }): Promise<void> {
  const change = (body: object) => call(url, ada, 'PATCH', `/api/auth/admin/users/${dora.id}`, body)
  const rowdy = command({ type: 'message.send', room, text: 'Sold out' })
  await fetch(`${url}/api/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify({ login: dora.username, password: 'not the password' }) })
  await call(url, dora, 'PATCH', '/api/auth/me', { username: `${dora.username}x` })
  for (const body of [{ role: 'guest' }, { role: 'member' }, { disabled: true }, { disabled: false }]) await change(body)
  for (const registration of ['invitation', 'open']) await call(url, ada, 'PUT', '/api/auth/admin/settings', { registration })
  for (const linkPreviews of [true, false]) await call(url, ada, 'PUT', '/api/admin/settings', { linkPreviews })
  await accept(url, cleo, rowdy)
  await accept(url, ada, command({ type: 'message.delete', room, message: rowdy.id }), command({ type: 'member.role', room, user: cleo.id, role: 'moderator' }), command({ type: 'member.role', room, user: cleo.id, role: 'member' }))
}

/** Gives the account an authenticator app on a device that is not on the stage. */
export async function enrolElsewhere(url: string, account: Account): Promise<void> {
  const { secret } = await call<{ secret: string }>(url, account, 'POST', '/api/auth/totp', { password: PASSWORD })
  await call(url, account, 'POST', '/api/auth/totp/confirm', { code: appCode(secret) })
}

/** From now on everybody has to have a second step. */
export async function requireSecondStep({ url, ada }: Stage): Promise<void> {
  await enrolElsewhere(url, ada)
  await call(url, ada, 'PUT', '/api/auth/admin/settings', { secondFactor: 'everyone' })
}

async function accept(url: string, by: Account, ...commands: object[]): Promise<void> {
  const results = await by.command(url, ...commands)
  const refused = results.find(({ status }) => status !== 'accepted')
  if (refused !== undefined) throw new Error(`The stage could not be set: ${JSON.stringify(refused)}`)
}

async function call<T>(url: string, by: Account, method: string, path: string, body: object): Promise<T> {
  const answer = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`)
  return (await answer.json()) as T
}
