import type { Entry } from '@chatflow/shared/entry'
import { type Id, scheduledMessageId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { type Indexed, indexRow } from '@chatflow/sync-server/testing'
import type { Page, World } from './world.ts'

interface MessageRow {
  room_id: Id
  seq: number
  id: Id
  rev: number
  by_user: Id
  text: string
  deleted: boolean
  event: { type: string; user?: Id } | null
}

interface CommandRow {
  id: Id
  user_id: Id
  accepted: boolean
}

/** Everything that does not hold, as sentences that begin with the rule. `final`: after quiescence, when all rules must hold. */
export async function violations(world: World, final: boolean): Promise<string[]> {
  const found: string[] = []
  const messages = (await world.rows.query<MessageRow>('select room_id, seq, id, rev, by_user, text, deleted, event from messages order by room_id, seq')).rows
  const commands = new Map((await world.rows.query<CommandRow>('select id, user_id, accepted from commands')).rows.map((row) => [row.id, row]))
  checkSeq(messages, found)
  checkAuthors(world, messages, commands, found)
  checkMembership(world, messages, found)
  checkArchived(messages, found)
  if (!world.restored || final) checkDelivered(world, commands, found)
  if (!final) return found
  checkNothingLost(world, messages, commands, found)
  checkLastEdit(world, messages, commands, found)
  await checkModeration(world, messages, found)
  await checkScheduled(world, messages, commands, found)
  await checkWords(world, messages, found)
  if (!world.restored) checkOrder(world, messages, commands, found)
  await checkArchivedRows(world, messages, found)
  await checkReplicas(world, found)
  return found
}

/** [R3] `seq` is dense from 1. */
function checkSeq(messages: readonly MessageRow[], found: string[]): void {
  const next = new Map<Id, number>()
  for (const row of messages) {
    const expected = next.get(row.room_id) ?? 1
    if (row.seq !== expected) found.push(`R3: room ${row.room_id} has seq ${row.seq} where ${expected} is due`)
    next.set(row.room_id, row.seq + 1)
  }
}

/** [R4] The author is who entered the command. */
function checkAuthors(world: World, messages: readonly MessageRow[], commands: ReadonlyMap<Id, CommandRow>, found: string[]): void {
  const authors = new Map(world.entered.map(({ command, device }) => [command.id, device.user.id]))
  for (const row of messages) {
    const author = authors.get(row.id)
    if (author !== undefined && author !== row.by_user) found.push(`R4: message ${row.id} has another author`)
  }
  for (const row of commands.values()) {
    const author = authors.get(row.id)
    if (author !== undefined && author !== row.user_id) found.push(`R4: command ${row.id} is answered for another user`)
  }
}

/** [R5] In the room's own order, nobody speaks between being removed and being added again. */
function checkMembership(world: World, messages: readonly MessageRow[], found: string[]): void {
  const [room] = world.rooms
  const out = new Set<Id>()
  for (const row of messages) {
    if (row.room_id !== room) continue
    if ((row.event?.type === 'removed' || row.event?.type === 'banned') && row.event.user !== undefined) out.add(row.event.user)
    else if (row.event?.type === 'added' && row.event.user !== undefined) out.delete(row.event.user)
    else if (out.has(row.by_user)) found.push(`R5: seq ${row.seq} was written by someone who is not a member`)
  }
}

/** [R2, R12] In the room's own order, nobody speaks while the room is archived, and it is archived or reopened only when it was not. */
function checkArchived(messages: readonly MessageRow[], found: string[]): void {
  const archived = new Set<Id>()
  for (const row of messages) {
    const type = row.event?.type
    if (type === 'archived' || type === 'unarchived') {
      if (archived.has(row.room_id) === (type === 'archived')) found.push(`R2: seq ${row.seq} says ${type} of a room that was so already`)
      if (type === 'archived') archived.add(row.room_id)
      else archived.delete(row.room_id)
    } else if (row.event === null && archived.has(row.room_id)) found.push(`R12: seq ${row.seq} was written in an archived room`)
  }
}

/** [R2, R3] A room is archived if its log's last word on it says so, and every member's replica says the same. */
async function checkArchivedRows(world: World, messages: readonly MessageRow[], found: string[]): Promise<void> {
  const rows = (await world.rows.query<{ id: Id; archived_at: number | null }>('select id, archived_at from rooms')).rows
  for (const { id, archived_at: at } of rows) {
    const last = messages.findLast((row) => row.room_id === id && (row.event?.type === 'archived' || row.event?.type === 'unarchived'))?.event?.type
    if ((at !== null) !== (last === 'archived')) found.push(`R2: room ${id} is ${at === null ? 'open' : 'archived'}, its log says ${last ?? 'nothing'}`)
    for (const page of world.pages) {
      const replica = page.core.rooms.held(id)
      if (page.core.mine.room(id) === undefined || replica === undefined) continue
      if ((replica.info.archived === true) !== (at !== null)) found.push(`R3: ${page.name} holds room ${id} as ${at === null ? 'archived' : 'open'}`)
    }
  }
}

/** [R1] What a device holds for delivered is committed. */
function checkDelivered(world: World, commands: ReadonlyMap<Id, CommandRow>, found: string[]): void {
  const messages = new Set<Id>()
  for (const page of world.pages) {
    for (const record of page.core.queue.list()) {
      if (record.status !== 'settled' || messages.has(record.id)) continue
      messages.add(record.id)
      if (commands.get(record.id)?.accepted !== true) found.push(`R1: ${record.command.type} ${record.id} is shown as delivered on ${page.name} and is not committed`)
    }
  }
}

/** [R2, R8] Every command that was entered has been answered once; what was refused is still with its author. */
function checkNothingLost(world: World, messages: readonly MessageRow[], commands: ReadonlyMap<Id, CommandRow>, found: string[]): void {
  const rows = new Set(messages.map((row) => row.id))
  for (const { command, device, dropped } of world.entered) {
    if (command.type === 'room.read') continue
    const page = world.pages.find((candidate) => candidate.device === device)
    const status = page?.core.queue.get(command.id)?.status
    const answer = commands.get(command.id)
    if (dropped === true) {
      if (command.type === 'message.send' && rows.has(command.id)) found.push(`R2: discarded message ${command.id} was sent all the same`)
      continue
    }
    if (status === 'waiting') found.push(`R8: ${command.type} ${command.id} of ${device.name} is never answered`)
    if (status === 'rejected' && answer?.accepted === true) found.push(`R2: ${command.type} ${command.id} took effect and is shown as refused`)
    // Taken back before it was offered, or given up with a deleted message: only where a deletion of it was entered.
    const deleted = world.entered.some((item) => item.command.type === 'message.delete' && 'message' in command && item.command.message === command.message)
    const cancelled = world.entered.some((item) => item.command.type === 'message.delete' && item.command.message === command.id)
    if (status === undefined && answer === undefined && !deleted && !cancelled) found.push(`R8: ${command.type} ${command.id} of ${device.name} is gone`)
    if (command.type === 'message.send' && answer?.accepted === true && !rows.has(command.id)) found.push(`R2: accepted message ${command.id} has no row`)
    if (command.type === 'message.send' && rows.has(command.id) && answer?.accepted !== true) found.push(`R2: message ${command.id} has a row and no accepted command`)
  }
}

/** [R2] A message shows the last edit that was accepted; each message is edited on one device, so the order of entering is the order of effect. */
function checkLastEdit(world: World, messages: readonly MessageRow[], commands: ReadonlyMap<Id, CommandRow>, found: string[]): void {
  const wanted = new Map<Id, string>()
  const retried = new Set<Id>()
  for (const { command } of world.entered) {
    if (world.retried.has(command.id) && 'message' in command) retried.add(command.message)
    if (commands.get(command.id)?.accepted !== true) continue
    if (command.type === 'message.send') wanted.set(command.id, command.text)
    if (command.type === 'message.edit') wanted.set(command.message, command.text)
  }
  for (const row of messages) {
    const text = wanted.get(row.id)
    if (text === undefined || row.deleted || retried.has(row.id)) continue
    if (row.text !== text) found.push(`R2: message ${row.id} says "${row.text}" where the last edit said "${text}"`)
  }
}

/** [R2] Messages of one device stand in a room in the order in which they were entered, but for those that were retried. */
function checkOrder(world: World, messages: readonly MessageRow[], commands: ReadonlyMap<Id, CommandRow>, found: string[]): void {
  const seqs = new Map(messages.map((row) => [row.id, row.seq]))
  const last = new Map<string, number>()
  for (const { command, device } of world.entered) {
    // A reply waits for what it answers to, and so may come after what was entered later.
    if (command.type !== 'message.send' || command.replyTo !== undefined || world.retried.has(command.id) || commands.get(command.id)?.accepted !== true) continue
    const seq = seqs.get(command.id)
    if (seq === undefined) continue
    const key = `${device.name}/${command.room}`
    if (seq < (last.get(key) ?? 0)) found.push(`R2: message ${command.id} of ${device.name} was reordered`)
    last.set(key, seq)
  }
}

/** [R2, R8] What was scheduled and not taken back is sent once, or is with its author with the reason; what was taken back is neither. */
async function checkScheduled(world: World, messages: readonly MessageRow[], commands: ReadonlyMap<Id, CommandRow>, found: string[]): Promise<void> {
  const rows = new Set(messages.map((row) => row.id))
  const waiting = new Map((await world.rows.query<{ id: Id; failed: string | null }>('select id, failed from scheduled')).rows.map((row) => [row.id, row.failed]))
  const taken = new Set(world.entered.flatMap(({ command }) => (command.type === 'message.unschedule' && commands.get(command.id)?.accepted === true ? [command.scheduled] : [])))
  for (const { command } of world.entered) {
    if (command.type !== 'message.schedule') continue
    const sent = rows.has(scheduledMessageId(command.id))
    if (commands.get(command.id)?.accepted !== true) {
      if (sent) found.push(`R2: scheduled message ${command.id} was sent without having been accepted`)
    } else if (taken.has(command.id)) {
      if (sent || waiting.has(command.id)) found.push(`R2: scheduled message ${command.id} was taken back and is ${sent ? 'sent' : 'still there'}`)
    } else if (sent === waiting.has(command.id)) found.push(`R8: scheduled message ${command.id} is ${sent ? 'sent and still to be sent' : 'gone'}`)
    else if (waiting.get(command.id) === null) found.push(`R2: scheduled message ${command.id} is not sent`)
  }
}

/** [R2, R5, R6] Nobody is banned and a member; a person has reported a message once; a settled report has had its effect, and every open one is about a message that is there. */
async function checkModeration(world: World, messages: readonly MessageRow[], found: string[]): Promise<void> {
  const both = await world.rows.query<{ user_id: Id }>('select b.user_id from bans b join members m on m.room_id = b.room_id and m.user_id = b.user_id')
  for (const row of both.rows) found.push(`R5: ${row.user_id} is banned and a member`)
  const rows = new Map(messages.map((row) => [row.id, row]))
  const reports = (await world.rows.query<{ id: Id; message_id: Id; outcome: string | null; reporter: Id }>('select * from reports')).rows
  const made = new Set<string>()
  for (const report of reports) {
    const key = `${report.message_id}/${report.reporter}`
    if (made.has(key)) found.push(`R2: message ${report.message_id} is reported twice by ${report.reporter}`)
    made.add(key)
    const message = rows.get(report.message_id)
    if (message === undefined) found.push(`R2: report ${report.id} is about nothing`)
    if (report.outcome === 'removed' && message?.deleted !== true) found.push(`R2: report ${report.id} was settled by a deletion that has not happened`)
  }
}

/** [R6] The index of words holds what messages say now, and nothing else. */
async function checkWords(world: World, messages: readonly MessageRow[], found: string[]): Promise<void> {
  const { rows } = await world.rows.query<Indexed & { words: string }>(
    'select m.room_id, m.seq, m.by_user, m.received_at, m.text, w.words::text as words from message_words w left join messages m on m.room_id = w.room_id and m.seq = w.seq and not m.deleted and m.event is null',
  )
  const shown = messages.filter((row) => !row.deleted && row.event === null)
  if (rows.length !== shown.length) found.push(`R6: ${rows.length} messages have words, and ${shown.length} are there`)
  for (const row of rows) {
    if (row.room_id === null) found.push('R6: there are words of a message that is gone')
    else if (lexemes(row.words) !== lexemes(indexRow(row).words)) found.push(`R6: the words of message ${row.seq} are not those of its text: ${row.words}`)
  }
  const { rows: open } = await world.rows.query('select 1 from rooms where indexed_to <> head')
  if (open.length > 0) found.push(`R3: ${open.length} rooms are not indexed to their end`)
}

/** Without their order: the database keeps words and places in one of its own. */
function lexemes(words: string): string {
  return words
    .split(' ')
    .map((word) => word.replace(/[\d,]+$/, (places) => places.split(',').sort().join()))
    .sort()
    .join(' ')
}

/** [R3, R5] Replicas of members equal the rows; those of others are gone. */
async function checkReplicas(world: World, found: string[]): Promise<void> {
  for (const room of world.rooms) {
    const rows = (await world.rows.query<{ seq: number; id: Id; rev: number; text: string; deleted: boolean; by_user: Id }>('select * from messages where room_id = $1 order by seq', [room])).rows
    const expected = rows.map((row) => `${row.seq} ${row.id} ${row.rev} ${row.by_user} ${row.deleted ? '-' : row.text}`)
    const reactions = (
      await world.rows.query<{ seq: number; emoji: string; user_id: Id }>('select seq, emoji, user_id from reactions where room_id = $1 and active', [room])
    ).rows.map((row) => `${row.seq}:${row.emoji}:${row.user_id}`)
    const members = new Set((await world.rows.query<{ user_id: Id }>('select user_id from members where room_id = $1 and not hidden', [room])).rows.map((row) => row.user_id))
    for (const page of world.pages) {
      const held = page.core.entries(room)
      if (!members.has(page.device.user.id)) {
        if (held.length > 0) found.push(`R5: ${page.name} still holds ${held.length} entries of a room it is not in`)
        continue
      }
      // A page holds the newest segments; what it holds has no gap and reaches to the end.
      const from = rows.length <= LIMITS.segmentSize ? 1 : (held[0]?.seq ?? 1)
      compare(`R3: ${page.name}, entries of ${room}`, expected.slice(from - 1), held.map(line), found)
      const reactionsHeld = held.flatMap((entry) => reactionsOf(page, room, entry.seq))
      const shown = reactions.filter((key) => Number(key.slice(0, key.indexOf(':'))) >= from)
      compare(`R3: ${page.name}, reactions of ${room}`, shown.sort(), reactionsHeld.sort(), found)
    }
  }
}

function line(entry: Entry): string {
  return `${entry.seq} ${entry.id} ${entry.rev} ${entry.by} ${entry.deleted === true ? '-' : entry.text}`
}

function reactionsOf(page: Page, room: Id, seq: number): string[] {
  const segment = [...(page.core.rooms.held(room)?.segments() ?? [])].find((candidate) => candidate.entry(seq) !== undefined)
  return [...(segment?.reactions(seq) ?? [])].flatMap(([emoji, users]) => users.map((user) => `${seq}:${emoji}:${user}`))
}

function compare(what: string, expected: readonly string[], actual: readonly string[], found: string[]): void {
  const at = expected.findIndex((item, index) => item !== actual[index])
  if (at === -1 && expected.length === actual.length) return
  const index = at === -1 ? expected.length : at
  found.push(`${what}: at ${index} "${actual[index] ?? 'nothing'}" instead of "${expected[index] ?? 'nothing'}" (${actual.length} of ${expected.length})`)
}
