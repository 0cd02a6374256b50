import { newId, type Id } from '@chatflow/shared/ids'
import { REPORT_REASONS } from '@chatflow/shared/reports'
import type { Page, World } from './world.ts'

/** How often each kind of step is taken, relative to the others. */
const WEIGHTS: [number, (world: World) => Promise<void>][] = [
  [26, write],
  [6, burst],
  [26, deliver],
  [14, flush],
  [12, wait],
  [3, cut],
  [5, toggleDevice],
  [4, killInstance],
  [3, killAfterCommit],
  [4, startInstance],
  [3, outage],
  [4, crashPage],
  [3, sleepOrWake],
  [3, backup],
  [1, restore],
  [4, membership],
  [3, banOrLift],
  [2, archiveOrReopen],
  [3, report],
  [4, scheduleOrCancel],
  [2, settle],
  [4, discardOrRetry],
  [3, editTwice],
  [2, wakeWithDiscarded],
]
const TOTAL = WEIGHTS.reduce((sum, [weight]) => sum + weight, 0)

/** One random step of the world. */
export async function step(world: World): Promise<void> {
  let left = world.random.below(TOTAL)
  for (const [weight, act] of WEIGHTS) {
    left -= weight
    if (left < 0) return act(world)
  }
}

function awakePage(world: World): Page | undefined {
  return world.random.pick(world.pages)
}

async function write(world: World): Promise<void> {
  const page = awakePage(world)
  const room = world.random.pick(world.rooms)
  if (page !== undefined && room !== undefined) await writeSomething(world, page, room)
}

async function writeSomething(world: World, page: Page, room: Id): Promise<void> {
  const { random } = world
  const own = ownMessages(world, page, room)
  const seen = page.core.entries(room).filter((entry) => entry.event === undefined)
  const kind = random.below(20)
  const message = random.pick(own)
  const other = random.pick(seen)?.id ?? message
  const text = `${page.device.name} ${world.entered.length}`
  world.say(`${page.name} writes (${kind})`)
  if (kind < 10 || (message === undefined && other === undefined)) {
    const replyTo = random.chance(0.3) ? other : undefined
    await world.enter(page, { type: 'message.send', room, text: random.chance(0.1) ? `${text} @ada` : text, ...(replyTo === undefined ? {} : { replyTo }) })
  } else if (kind < 14 && message !== undefined) await world.enter(page, { type: 'message.edit', room, message, text: `${text} edited` })
  else if (kind < 15 && message !== undefined) await deleteMessage(world, page, room, message)
  else if (kind < 18 && other !== undefined) {
    await world.enter(page, { type: 'message.react', room, message: other, emoji: random.pick(['👍', '🎉', '❤️']) ?? '👍', on: random.chance(0.7) })
  } else if (kind < 19) await world.enter(page, { type: 'room.read', room, seq: Math.max(0, ...seen.map((entry) => entry.seq)) })
  else await world.enter(page, { type: 'room.update', room, topic: text })
}

/** As the screen does it: taken back where no server can know the message yet, else deleted like any other. */
async function deleteMessage(world: World, page: Page, room: Id, message: Id): Promise<void> {
  const before = page.core.queue.list().map(({ id }) => id)
  if (!(await page.core.queue.cancel(message))) {
    await world.enter(page, { type: 'message.delete', room, message })
    return
  }
  const gone = new Set(before.filter((id) => page.core.queue.get(id) === undefined))
  for (const item of world.entered) if (gone.has(item.command.id)) item.dropped = true
}

/** Messages entered on the page's device in the room, as far as they were not dropped. */
function ownMessages(world: World, page: Page, room: Id): Id[] {
  return world.entered
    .filter((item) => item.device === page.device && item.dropped !== true && item.command.type === 'message.send' && item.command.room === room)
    .map((item) => item.command.id)
    .slice(-8)
}

async function burst(world: World): Promise<void> {
  const page = awakePage(world)
  const room = world.random.pick(world.rooms)
  if (page === undefined || room === undefined) return
  for (let left = 3 + world.random.below(10); left > 0; left -= 1) await writeSomething(world, page, room)
}

async function deliver(world: World): Promise<void> {
  for (let frames = world.random.below(12); frames > 0; frames -= 1) world.network.step(world.random, { drop: 0.02, duplicate: 0.08 })
  await world.settle()
}

async function flush(world: World): Promise<void> {
  world.say('frames arrive')
  await world.flush(4)
}

async function wait(world: World): Promise<void> {
  const ms = world.random.pick([20, 100, 600, 1_500, 4_000]) ?? 100
  world.say(`${ms} ms pass`)
  await world.pass(ms, 100)
}

async function cut(world: World): Promise<void> {
  const page = world.random.pick(world.pages)
  if (page === undefined) return
  world.say(`the connection of ${page.name} breaks`)
  world.network.cut((link) => link.client === page.name)
}

async function toggleDevice(world: World): Promise<void> {
  const device = world.random.pick(world.devices)
  if (device === undefined) return
  world.say(`${device.name} goes ${device.online ? 'offline' : 'online'}`)
  world.setOnline(device, !device.online)
}

async function killInstance(world: World): Promise<void> {
  const instance = world.random.pick(world.instances)
  if (instance === undefined) return
  world.say(`server ${instance.name} is killed`)
  world.kill(instance)
}

async function killAfterCommit(world: World): Promise<void> {
  const instance = world.random.pick(world.instances)
  if (instance === undefined) return
  world.say(`server ${instance.name} will die between its next commit and what follows`)
  instance.db.dieAfterCommit = true
}

async function startInstance(world: World): Promise<void> {
  if (world.instances.length >= 2) return
  const name = world.instances[0]?.name === 'A' ? 'B' : 'A'
  world.say(`server ${name} starts`)
  await world.startInstance(name).catch(() => undefined)
}

async function outage(world: World): Promise<void> {
  world.faults.failures = 1 + world.random.below(12)
  world.say(`the database fails for ${world.faults.failures} queries`)
}

async function crashPage(world: World): Promise<void> {
  const page = world.random.pick(world.pages)
  if (page === undefined) return
  const { device } = page
  if (world.random.chance(0.6)) {
    world.say(`${page.name} crashes`)
    world.crashPage(page)
  } else {
    world.say(`${page.name} is closed`)
    await world.closePage(page)
  }
  if (world.random.chance(0.8)) world.say(`${(await world.openPage(device)).name} is opened`)
}

async function sleepOrWake(world: World): Promise<void> {
  const page = world.random.pick(world.pages)
  if (page === undefined) return
  page.asleep = !page.asleep
  world.say(`${page.name} ${page.asleep ? 'falls asleep' : 'wakes'}`)
}

async function backup(world: World): Promise<void> {
  if (world.restored) return
  world.say('a backup is taken')
  await world.takeBackup()
}

async function restore(world: World): Promise<void> {
  if (world.restored) return
  world.say('the backup is restored')
  await world.restoreBackup()
}

/** Ada takes Cleo out of the shared room or back in, while others write. */
async function membership(world: World): Promise<void> {
  const page = world.pageOf('ada-laptop')
  const [room] = world.rooms
  if (page === undefined || room === undefined) return
  const user = world.user('cleo').id
  const remove = world.random.chance(0.5)
  world.say(`${page.name} ${remove ? 'removes' : 'adds'} cleo`)
  await world.enter(page, { type: remove ? 'member.remove' : 'member.add', room, user })
  const writer = world.pageOf('cleo-laptop')
  if (writer !== undefined) await world.enter(writer, { type: 'message.send', room, text: `cleo ${newId().slice(-6)}` })
}

/** Ada keeps Cleo out of the shared room, or lifts the ban and takes her back in, while Cleo goes on writing. */
async function banOrLift(world: World): Promise<void> {
  const page = world.pageOf('ada-laptop')
  const [room] = world.rooms
  if (page === undefined || room === undefined) return
  const user = world.user('cleo').id
  const ban = world.random.chance(0.6)
  world.say(`${page.name} ${ban ? 'bans' : 'lifts the ban of'} cleo`)
  await world.enter(page, { type: ban ? 'member.ban' : 'member.unban', room, user })
  if (!ban || world.random.chance(0.3)) await world.enter(page, { type: 'member.add', room, user })
  const writer = world.pageOf('cleo-laptop')
  if (writer !== undefined) await world.enter(writer, { type: 'message.send', room, text: `cleo ${newId().slice(-6)}` })
}

/** Ada archives the shared room or reopens it, from one device or differently from both, while Ben goes on writing. */
async function archiveOrReopen(world: World): Promise<void> {
  const [room] = world.rooms
  if (room === undefined) return
  for (const device of ['ada-laptop', 'ada-phone']) {
    const page = world.pageOf(device)
    if (page === undefined || world.random.chance(0.4)) continue
    // More often open than not: in an archived room little happens.
    const archive = world.random.chance(0.35)
    world.say(`${page.name} ${archive ? 'archives' : 'reopens'} the room`)
    await world.enter(page, { type: archive ? 'room.archive' : 'room.unarchive', room })
  }
  const writer = world.pageOf('ben-laptop')
  if (writer !== undefined) await world.enter(writer, { type: 'message.send', room, text: `ben ${newId().slice(-6)}` })
}

/** Somebody schedules a message for soon, perhaps one that they may not write by then, or takes one back that may be on its way already. */
async function scheduleOrCancel(world: World): Promise<void> {
  const page = awakePage(world)
  const room = world.random.pick(world.rooms)
  if (page === undefined || room === undefined) return
  const own = world.entered.filter((item) => item.device === page.device && item.dropped !== true && item.command.type === 'message.schedule').map(({ command }) => command.id)
  const scheduled = world.random.pick(own.slice(-4))
  if (scheduled === undefined || world.random.chance(0.6)) {
    world.say(`${page.name} schedules a message`)
    await world.enter(page, { type: 'message.schedule', room, text: `${page.device.name} ${world.entered.length} later`, sendAt: Date.now() + world.random.below(5_000) })
    return
  }
  world.say(`${page.name} takes back what is scheduled`)
  const before = page.core.queue.list().map(({ id }) => id)
  if (!(await page.core.queue.cancel(scheduled))) {
    await world.enter(page, { type: 'message.unschedule', scheduled })
    return
  }
  const gone = new Set(before.filter((id) => page.core.queue.get(id) === undefined))
  for (const item of world.entered) if (gone.has(item.command.id)) item.dropped = true
}

/** Someone reports what another has written, perhaps what they reported already. */
async function report(world: World): Promise<void> {
  const page = awakePage(world)
  const room = world.random.pick(world.rooms)
  if (page === undefined || room === undefined) return
  const message = world.random.pick(page.core.entries(room).filter((entry) => entry.event === undefined && entry.by !== page.device.user.id).slice(-6))
  if (message === undefined) return
  world.say(`${page.name} reports ${message.id}`)
  await world.enter(page, { type: 'message.report', room, message: message.id, reason: world.random.pick(REPORT_REASONS) ?? 'spam' })
}

/** Ada settles a report of the shared room from one of her devices; from both, perhaps, and differently. */
async function settle(world: World): Promise<void> {
  const [room] = world.rooms
  const open = world.random.pick(world.entered.filter(({ command }) => command.type === 'message.report' && command.room === room))
  if (room === undefined || open === undefined) return
  for (const device of ['ada-laptop', 'ada-phone']) {
    const page = world.pageOf(device)
    if (page === undefined || world.random.chance(0.4)) continue
    const outcome = world.random.pick(['dismissed', 'removed', 'warned', 'expelled', 'banned'] as const) ?? 'dismissed'
    world.say(`${page.name} settles a report: ${outcome}`)
    await world.enter(page, { type: 'report.resolve', room, report: open.command.id, outcome })
  }
}

/** What was refused is thrown away or tried again, as a person does from the message. */
async function discardOrRetry(world: World): Promise<void> {
  for (const page of world.pages) {
    const refused = page.core.undelivered().filter((record) => record.status === 'rejected')
    const record = world.random.pick(refused)
    if (record === undefined) continue
    if (world.random.chance(0.5)) {
      world.say(`${page.name} discards ${record.command.type}`)
      // What makes no sense without it goes with it.
      const before = page.core.queue.list().map(({ id }) => id)
      await page.core.queue.discard(record.id)
      const gone = new Set(before.filter((id) => page.core.queue.get(id) === undefined))
      for (const item of world.entered) if (gone.has(item.command.id)) item.dropped = true
    } else {
      world.say(`${page.name} retries ${record.command.type}`)
      await page.core.queue.retry(record.id)
      // What was refused with it is tried again with it.
      for (const { id, command } of page.core.queue.list()) if ((command.attempt ?? 1) > 1) world.retried.add(id)
    }
  }
}

/** An edit, and after it has arrived a newer one: a late repeat of the first must not undo the second. */
async function editTwice(world: World): Promise<void> {
  const page = awakePage(world)
  const room = world.random.pick(world.rooms)
  const message = page && room ? world.random.pick(ownMessages(world, page, room)) : undefined
  if (page === undefined || room === undefined || message === undefined) return
  world.say(`${page.name} edits twice`)
  await world.enter(page, { type: 'message.edit', room, message, text: `${page.device.name} ${world.entered.length} old` })
  await world.flush(3)
  await world.enter(page, { type: 'message.edit', room, message, text: `${page.device.name} ${world.entered.length} new` })
}

/**
 * Cleo writes where she may not, with a second tab that sleeps; throws the refused message away; is let in; the tab wakes and offers
 * the message once more.
 */
async function wakeWithDiscarded(world: World): Promise<void> {
  const cleo = world.device('cleo-laptop')
  const page = world.pageOf('cleo-laptop')
  const owner = world.pageOf('ada-laptop')
  const room = world.rooms[1]
  if (page === undefined || owner === undefined || room === undefined || world.instances.length === 0) return
  world.say('cleo: a discarded command in a sleeping tab')
  world.setOnline(cleo, true)
  world.setOnline(owner.device, true)
  await world.enter(owner, { type: 'member.remove', room, user: cleo.user.id })
  const sleeper = await world.openPage(cleo)
  await world.pass(2_000, 100)
  await world.flush(12)
  page.asleep = false
  sleeper.asleep = true
  const id = await world.enter(page, { type: 'message.send', room, text: `cleo ${world.entered.length} unwanted` })
  await world.flush(8)
  if (id === undefined || page.core.queue.get(id)?.status !== 'rejected') return
  await page.core.queue.discard(id)
  for (const item of world.entered) if (item.command.id === id) item.dropped = true
  await world.enter(owner, { type: 'member.add', room, user: cleo.user.id })
  await world.flush(8)
  sleeper.asleep = false
}
