import { createChatCore, type ChatCore, type NewCommand } from '@chatflow/client/core'
import { createMemoryPlatform, MemoryDevice, type MemoryPlatform } from '@chatflow/client/testing'
import { type Database, renewEpoch } from '@chatflow/database'
import { openInProcessDatabase } from '@chatflow/database/testing'
import type { Me } from '@chatflow/shared/api/account'
import type { Command } from '@chatflow/shared/command'
import { CodedError } from '@chatflow/shared/errors'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { addUser, migrateAuthStandIn, migrateSync, type ServerSocket, SyncCore } from '@chatflow/sync-server/testing'
import { vi } from 'vitest'
import { DatabaseFaults, type DatabaseSabotage, FaultyDatabase } from './faulty-database.ts'
import { Network } from './network.ts'
import { Random } from './random.ts'

/** What is switched off, to show that the simulation would notice. */
export interface Sabotage {
  name: string
  database?: DatabaseSabotage
  noBeat?: boolean
  /** Rewrites frames from servers to clients. */
  filter?: Network['filter']
}

export interface Instance {
  name: string
  db: FaultyDatabase
  core: SyncCore
  accept: (ws: ServerSocket, request: Request) => void
}

/** A device of a person: what outlives its pages, and what was entered on it. */
export interface Device {
  name: string
  user: Me
  memory: MemoryDevice
  online: boolean
}

export interface Page {
  name: string
  device: Device
  platform: MemoryPlatform
  core: ChatCore
  /** Frames of a sleeping page lie where they are. */
  asleep: boolean
}

/** A command whose writing to the device was confirmed: it must never be lost (R8). */
export interface Entered {
  command: Command
  device: Device
  /** Thrown away by the person, or taken back before it was ever offered. */
  dropped?: boolean
}

const TABLES = [
  'rooms', 'members', 'messages', 'reactions', 'cursors', 'mentions', 'drafts', 'settings', 'user_state', 'commands', 'documents', 'bans', 'reports', 'scheduled', 'message_words', 'messages_unindexed',
  'notes', 'notes_updates', 'notes_authors', 'notes_versions', 'notes_version_authors', 'notes_damaged', 'push_subscriptions', 'push_messages', 'pushes',
]
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const FOREVER = 8_000_000_000_000_000

/** One simulated world: two servers on one database, people with devices and tabs, and a network between them; time moves by hand. */
export class World {
  readonly random: Random
  readonly steps: string[] = []
  readonly entered: Entered[] = []
  readonly instances: Instance[] = []
  readonly devices: Device[] = []
  readonly pages: Page[] = []
  readonly faults = new DatabaseFaults()
  readonly network: Network
  readonly rooms: Id[] = []
  restored = false
  /** Commands that a person tried again: they take their place in the room anew. */
  readonly retried = new Set<Id>()
  private readonly crashed: Page[] = []
  private readonly db: Database
  private readonly sabotage: Sabotage
  private snapshot = false
  private names = 0

  private constructor(db: Database, seed: number, sabotage: Sabotage) {
    this.db = db
    this.random = new Random(seed)
    this.sabotage = sabotage
    this.network = new Network((client) => this.route(client))
    this.network.asleep = (client) => this.pages.some((page) => page.asleep && page.name === client)
    if (sabotage.filter !== undefined) this.network.filter = sabotage.filter
  }

  static async create(db: Database, seed: number, sabotage: Sabotage = { name: 'none' }): Promise<World> {
    const world = new World(db, seed, sabotage)
    await db.query(`truncate ${TABLES.join(', ')}, users, session_families`)
    await renewEpoch(db)
    await world.startInstance('A')
    await world.startInstance('B')
    const people = new Map<string, Me>()
    for (const name of ['ada', 'ben', 'cleo']) {
      const id = await addUser(db, name)
      people.set(name, { id, email: `${name}@example.org`, username: name, displayName: name, role: 'member', emailVerified: true })
    }
    for (const [device, person] of [['ada-laptop', 'ada'], ['ada-phone', 'ada'], ['ben-laptop', 'ben'], ['cleo-laptop', 'cleo']] as const) {
      const user = people.get(person)
      if (user !== undefined) world.devices.push({ name: device, user, memory: new MemoryDevice(), online: true })
    }
    for (const device of world.devices) await world.openPage(device)
    await world.openPage(world.device('ben-laptop'))
    return world
  }

  /** The database of the simulation: made once, emptied for each world. */
  static async openDatabase(): Promise<Database> {
    const db = await openInProcessDatabase()
    await migrateAuthStandIn(db)
    await migrateSync(db)
    for (const table of TABLES) await db.query(`create table backup_${table} (like ${table})`)
    return db
  }

  get rows(): Database {
    return this.db
  }

  say(step: string): void {
    this.steps.push(step)
  }

  device(name: string): Device {
    const device = this.devices.find((candidate) => candidate.name === name)
    if (device === undefined) throw new Error(`no device ${name}`)
    return device
  }

  user(name: string): Me {
    return this.device(`${name}-laptop`).user
  }

  pageOf(device: string): Page | undefined {
    return this.pages.find((page) => page.device.name === device)
  }

  /** Ada makes the rooms that the run is about: a private one, a public one and a direct conversation. */
  async makeRooms(): Promise<void> {
    const page = this.pageOf('ada-laptop')
    if (page === undefined) return
    const ben = this.user('ben').id
    const shared = newId()
    const open = newId()
    const direct = dmRoomId([this.user('ada').id, ben])
    this.rooms.push(shared, open, direct)
    await this.enter(page, { type: 'room.create', room: shared, kind: 'private', name: 'shared', members: [ben, this.user('cleo').id] })
    await this.enter(page, { type: 'room.create', room: open, kind: 'public', name: 'open', members: [] })
    await this.enter(page, { type: 'room.create', room: direct, kind: 'dm', members: [ben] })
    for (const every of this.pages) for (const room of this.rooms) every.core.openRoom(room)
  }

  /** A person does something on a page. Answers the id once it is kept on the device. */
  async enter(page: Page, command: NewCommand): Promise<Id | undefined> {
    try {
      const id = await page.core.enqueue(command)
      const record = page.core.queue.get(id)
      if (record !== undefined) this.entered.push({ command: record.command, device: page.device })
      return id
    } catch (error) {
      if (error instanceof CodedError) return undefined
      throw error
    }
  }

  async openPage(device: Device): Promise<Page> {
    this.names += 1
    const name = `${device.name}#${this.names}`
    const platform = createMemoryPlatform({
      device: device.memory,
      WebSocket: this.network.socketClass(name),
      random: () => this.random.next(),
    })
    const token = `${device.user.id}/${device.user.id}`
    const core = await createChatCore(platform, {
      session: { user: device.user, token: async () => token, refuse: () => undefined, onFresh: () => () => undefined },
      recentRooms: 10,
    })
    const page: Page = { name, device, platform, core, asleep: false }
    this.pages.push(page)
    core.start()
    for (const room of this.rooms) core.openRoom(room)
    return page
  }

  /** The page is gone at once: nothing is written down, nothing said, no network. */
  crashPage(page: Page): void {
    this.pages.splice(this.pages.indexOf(page), 1)
    this.crashed.push(page)
    this.network.cut((link) => link.client === page.name)
  }

  /** The page is closed as a person closes a tab. */
  async closePage(page: Page): Promise<void> {
    this.pages.splice(this.pages.indexOf(page), 1)
    await page.core.close()
    this.network.cut((link) => link.client === page.name)
  }

  setOnline(device: Device, online: boolean): void {
    device.online = online
    if (!online) this.network.cut((link) => link.client.startsWith(`${device.name}#`))
    for (const page of this.pages) if (page.device === device) page.platform.network.set(online)
  }

  async startInstance(name: string): Promise<Instance> {
    const db = new FaultyDatabase(this.db, this.faults, this.sabotage.database)
    const core = await SyncCore.start({
      db,
      verifier: { verify: async (token) => ({ user: token.split('/')[0] ?? '', session: token.split('/')[1] ?? '', role: 'member', expiresAt: FOREVER }) },
      rateLimits: false,
      log: silent,
    })
    if (this.sabotage.noBeat) void core.beat.stop()
    const instance: Instance = { name, db, core, accept: (ws, request) => core.accept(ws, request) }
    db.onDeath = () => this.bury(instance)
    this.instances.push(instance)
    return instance
  }

  /** The process is gone: its sockets break, nothing it was about to do happens. */
  kill(instance: Instance): void {
    instance.db.die()
  }

  /** Keeps the database as it is now, for a later restore. */
  async takeBackup(): Promise<void> {
    await this.settle()
    for (const table of TABLES) await this.db.query(`truncate backup_${table}; insert into backup_${table} select * from ${table}`)
    this.snapshot = true
  }

  /** Servers stop, the database goes back to the backup and gets a new epoch, servers start again. */
  async restoreBackup(): Promise<void> {
    if (!this.snapshot) return
    this.faults.failures = 0
    for (const instance of [...this.instances]) this.kill(instance)
    await this.settle()
    await this.db.query(`truncate ${TABLES.join(', ')}`)
    for (const table of TABLES) await this.db.query(`insert into ${table} select * from backup_${table}`)
    await renewEpoch(this.db)
    this.restored = true
    await this.startInstance('A')
    await this.startInstance('B')
  }

  /** Lets everything that needs no time and no frame happen. */
  async settle(): Promise<void> {
    let quiet = 0
    for (let turns = 0; quiet < 3 && turns < 20_000; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      quiet = this.faults.underWay === 0 ? quiet + 1 : 0
    }
  }

  /** Time passes, in slices, so that what becomes due can be answered. */
  async pass(ms: number, slice = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += slice) {
      await vi.advanceTimersByTimeAsync(slice)
      await this.settle()
    }
  }

  /** Hands over all frames that lie waiting, and those that they cause, for a while. */
  async flush(rounds = 6): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      await this.settle()
      if (this.network.flush() === 0) {
        await vi.advanceTimersByTimeAsync(1)
        await this.settle()
        if (this.network.flush() === 0) return
      }
    }
  }

  /** Everything works again; time passes until nobody has anything left to say. */
  async quiesce(): Promise<void> {
    this.faults.failures = 0
    for (const instance of this.instances) instance.db.dieAfterCommit = false
    while (this.instances.length < 2) await this.startInstance(this.instances[0]?.name === 'A' ? 'B' : 'A')
    for (const page of this.pages) page.asleep = false
    for (const device of this.devices) if (!this.pages.some((page) => page.device === device)) await this.openPage(device)
    for (const device of this.devices) this.setOnline(device, true)
    for (const page of this.pages) for (const room of this.rooms) page.core.openRoom(room)
    // A frame lost inside a connection that lives on does not happen on a real socket: such links have to break.
    this.network.cut((link) => link.damaged)
    await this.untilQuiet()
    // Rooms that somebody was let into meanwhile are opened too, to be compared.
    for (const page of this.pages) for (const room of this.rooms) page.core.openRoom(room)
    await this.untilQuiet()
  }

  /** Until for some seconds no command has been waiting and no replica has been out of step. */
  private async untilQuiet(): Promise<void> {
    let quiet = 0
    for (let round = 0; round < 1_200 && quiet < 24; round += 1) {
      await this.pass(100, 100)
      await this.flush(20)
      quiet = this.pages.every((page) => this.isQuiet(page)) ? quiet + 1 : 0
    }
  }

  private isQuiet({ core }: Page): boolean {
    // What is scheduled is due soon: it is sent, or its author is told why not.
    if ([...core.mine.scheduled().values()].some(({ failed }) => failed === undefined)) return false
    if (!core.isOnline || !core.mine.confirmed || core.queue.list().some((record) => record.status === 'waiting')) return false
    return this.rooms.every((room) => {
      if (core.mine.room(room) === undefined) return true
      const held = core.rooms.held(room)
      return held?.settled === true && [...held.segments()].every((segment) => segment.confirmed)
    })
  }

  /** Ends all that this world has running. */
  async end(): Promise<void> {
    for (const page of [...this.pages]) this.crashPage(page)
    for (const page of this.crashed) void page.core.close().catch(() => undefined)
    for (const instance of [...this.instances]) this.kill(instance)
    await this.settle()
    vi.clearAllTimers()
  }

  private route(client: string): ((ws: ServerSocket, request: Request) => void) | undefined {
    if (this.crashed.some((page) => page.name === client)) return undefined
    const page = this.pages.find((candidate) => candidate.name === client)
    // The first connection is made before the page is entered in the list.
    const online = page?.device.online ?? this.devices.find((device) => client.startsWith(`${device.name}#`))?.online ?? true
    return online ? this.random.pick(this.instances)?.accept : undefined
  }

  private bury(instance: Instance): void {
    this.instances.splice(this.instances.indexOf(instance), 1)
    this.network.cut((link) => link.server === instance.accept)
    void instance.core.beat.stop()
  }
}
