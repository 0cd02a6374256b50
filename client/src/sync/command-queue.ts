import type { Command } from '@chatflow/shared/command'
import type { ErrorCode } from '@chatflow/shared/errors'
import { ERRORS } from '@chatflow/shared/errors'
import { type Id, scheduledMessageId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { StoreError, type CommandStore, type StoreChange, type StoredCommand } from '../platform/command-store.ts'
import type { Clock, TabChannel } from '../platform/platform.ts'
import { slotOf, supersedes } from './coalesce.ts'
import { dependentsOf, makers, makersOf } from './dependencies.ts'
import type { Lifeboat } from './lifeboat.ts'
import { Listeners } from './listeners.ts'

/** A command of this device; `sending`: not yet safe on the device. */
export type QueuedCommand = StoredCommand & { sending?: boolean }

/** What the server said of one command. `attempt`: the one that was offered. */
export type Mark = { id: Id; attempt: number } & ({ seq: number } | { code: ErrorCode; message: string })

interface CommandsChanged {
  type: 'commands'
  ids: Id[]
}

/** The queue of this device's commands as this tab knows it: the strict store, mirrored in memory. */
export class CommandQueue {
  readonly changed = new Listeners()
  readonly #store: CommandStore
  readonly #tabs: TabChannel
  readonly #clock: Clock
  readonly #lifeboat: Lifeboat
  readonly #records = new Map<Id, QueuedCommand>()
  #inLifeboat = false
  #sorted: QueuedCommand[] | undefined
  /** Order of the newest command by what it gives a value to. */
  #newest: Map<string, number> | undefined

  constructor(store: CommandStore, tabs: TabChannel, clock: Clock, lifeboat: Lifeboat) {
    this.#store = store
    this.#tabs = tabs
    this.#clock = clock
    this.#lifeboat = lifeboat
    tabs.subscribe((message) => {
      if (isCommandsChanged(message)) void this.#reread(message.ids)
    })
  }

  /** In the order of the queue; what is not yet kept comes last. */
  list(): readonly QueuedCommand[] {
    this.#sorted ??= [...this.#records.values()].sort((a, b) => a.order - b.order)
    return this.#sorted
  }

  /** True if a later command of this device gives another value to the same thing (a draft, a pin, whether one is in a room): the earlier one is not to be seen any more. */
  isOvertaken({ command, order }: QueuedCommand): boolean {
    const slot = slotOf(command)
    if (slot === undefined) return false
    this.#newest ??= new Map(this.list().flatMap((record) => (record.status === 'rejected' ? [] : [[slotOf(record.command) ?? '', record.order] as const])))
    return (this.#newest.get(slot) ?? order) > order
  }

  get(id: Id): QueuedCommand | undefined {
    return this.#records.get(id)
  }

  async load(): Promise<void> {
    for (const record of await this.#store.readAll()) this.#records.set(record.id, record)
    this.#touch()
    await this.#bringHome()
    await this.#prune()
    await this.#rejectDependents()
  }

  /** The page goes away, perhaps, and perhaps before the disk has what it was asked to keep. */
  leave(): void {
    const unkept = this.list().flatMap(({ sending, command }) => (sending === true ? [command] : []))
    this.#lifeboat.take(unkept)
    this.#inLifeboat = unkept.length > 0
  }

  /** Takes in what a tab that died left behind without telling. */
  async catchUp(): Promise<void> {
    let last = 0
    for (const record of this.#records.values()) if (!record.sending) last = Math.max(last, record.order)
    const newer = await this.#store.readAfter(last)
    for (const record of newer) this.#records.set(record.id, record)
    if (newer.length > 0) this.#touch()
  }

  /**
   * Shows the command at once; resolves when it is kept on this device.
   * Rejects with `StoreError`: it has then left the queue again.
   * `offered`: it may go out as soon as it is kept.
   */
  async add(command: Command, options: { offered: boolean; base?: StoredCommand['base'] }): Promise<void> {
    const record: QueuedCommand = {
      order: Number.MAX_SAFE_INTEGER,
      id: command.id,
      command,
      status: 'waiting',
      enteredAt: this.#clock.now(),
      offered: options.offered,
      ...(options.base ? { base: options.base } : {}),
    }
    const replaceable = this.list().filter((other) => !other.offered && other.status === 'waiting' && !other.sending && supersedes(command, other.command))
    this.#records.set(record.id, { ...record, sending: true })
    this.#touch()
    try {
      const { order: _order, ...fresh } = record
      await this.#change(replaceable.map((other) => other.id), (found) => ({
        put: [fresh],
        remove: [...found.values()].filter((other) => !other.offered && other.status === 'waiting').map((other) => other.id),
      }))
    } catch (error) {
      this.#records.delete(record.id)
      this.#touch()
      throw error
    } finally {
      // The page has come back, or had the time.
      if (this.#inLifeboat) this.leave()
    }
    await this.#rejectDependents()
  }

  /** What an earlier page could only leave in the lifeboat. */
  async #bringHome(): Promise<void> {
    for (const { commands, landed } of this.#lifeboat.stranded()) {
      try {
        for (const command of commands) if (!this.#isOutdated(command)) await this.add(command, { offered: false })
        landed()
      } catch (error) {
        // It stays where it is: the next page tries again.
        if (!(error instanceof StoreError)) throw error
      }
    }
  }

  /** The disk had taken it after all, or something later for the same thing. */
  #isOutdated(command: Command): boolean {
    const slot = slotOf(command)
    return this.#records.has(command.id) || (slot !== undefined && this.list().some((other) => slotOf(other.command) === slot && other.command.at > command.at))
  }

  /** Notes, before it happens, that the server may come to know these commands. Answers those that are still to be offered. */
  async markOffered(ids: readonly Id[]): Promise<Set<Id>> {
    const still = new Set<Id>()
    await this.#changeOrRemember(ids, (found) => {
      still.clear()
      const put: StoredCommand[] = []
      for (const record of found.values()) {
        if (record.status !== 'waiting') continue
        still.add(record.id)
        if (!record.offered) put.push({ ...record, offered: true })
      }
      return { put }
    })
    return still
  }

  /** Writes down what the server said. A refusal of an earlier attempt than the present one says nothing any more. */
  async settle(marks: readonly Mark[]): Promise<void> {
    const byId = new Map(marks.map((mark) => [mark.id, mark]))
    await this.#changeOrRemember([...byId.keys()], (found) => {
      const put: StoredCommand[] = []
      for (const record of found.values()) {
        const mark = byId.get(record.id)
        if (!mark || record.status === 'settled') continue
        if ('seq' in mark) put.push(this.#settled(record, mark.seq))
        else if (mark.attempt >= (record.command.attempt ?? 1)) put.push({ ...record, status: 'rejected', code: mark.code, message: mark.message })
      }
      return { put }
    })
    await this.#rejectDependents()
    const cancelled = marks.flatMap((mark) => ('seq' in mark ? this.#records.get(mark.id)?.command : undefined) ?? []).flatMap((command) => (command.type === 'message.unschedule' ? [command.scheduled] : []))
    if (cancelled.length > 0) await this.forget(new Set(cancelled)).catch(() => undefined)
  }

  /** Offers a refused command again under the same id, with what it depends on and what depends on it. */
  async retry(id: Id): Promise<void> {
    const group = this.#rejectedWith(id)
    await this.#change(group, (found) => ({
      put: [...found.values()].filter((record) => record.status === 'rejected').map((record) => {
        const { code: _code, message: _message, ...rest } = record
        return { ...rest, status: 'waiting' as const, command: { ...record.command, attempt: (record.command.attempt ?? 1) + 1 } }
      }),
    }))
  }

  /** Takes a refused command out, with what makes no sense without it. Answers it. */
  async discard(id: Id): Promise<StoredCommand | undefined> {
    const record = this.#records.get(id)
    if (!record || record.status !== 'rejected') return undefined
    const without = dependentsOf([id], this.#unsettled()).filter((other) => other.status === 'rejected' && !outlives(other, record))
    await this.#change([id, ...without.map((other) => other.id)], (found) => ({
      remove: [...found.values()].filter((other) => other.status === 'rejected').map((other) => other.id),
    }))
    return record
  }

  /**
   * Takes back a message that no server can know yet, with what was done to it; answers to it stay, without the reference.
   * False: it may have been offered, so it has to be deleted like any other.
   */
  async cancel(message: Id): Promise<boolean> {
    const record = this.#records.get(message)
    if (!record || record.status !== 'waiting' || record.offered || record.sending) return false
    const without = dependentsOf([message], this.#unsettled())
    let done = false
    await this.#change([message, ...without.map((other) => other.id)], (found) => {
      const target = found.get(message)
      if (!target || target.status !== 'waiting' || target.offered) return {}
      done = true
      const remove: Id[] = [message]
      const put: StoredCommand[] = []
      for (const other of found.values()) {
        if (other.command.type === 'message.send') {
          if (other.command.replyTo !== message) continue
          const { replyTo: _replyTo, ...command } = other.command
          put.push({ ...other, command })
        } else if (isAbout(other.command, message)) remove.push(other.id)
      }
      return { put, remove }
    })
    return done
  }

  /** Their messages have been deleted: nothing that is kept of them may be offered again, or stay on this device. */
  async forget(messages: ReadonlySet<Id>): Promise<void> {
    const kept = this.list().filter(({ id, status, command }) => status === 'settled' && holdsTextOf(id, command, messages))
    if (kept.length === 0) return
    await this.#change(kept.map((record) => record.id), (found) => ({
      remove: [...found.values()].filter((record) => record.status === 'settled').map((record) => record.id),
    }))
  }

  /** Their effect is in the replicas: nothing is laid over them any more. */
  async markSeen(ids: readonly Id[]): Promise<void> {
    await this.#changeOrRemember(ids, (found) => ({
      put: [...found.values()].filter((record) => record.status === 'settled' && !record.seen).map((record) => ({ ...record, seen: true })),
    }))
  }

  /** The server has been put back to an earlier state: what it may have lost is offered again. */
  async requeueSettled(): Promise<void> {
    const since = this.#clock.now() - LIMITS.settledKeptMs
    await this.#change(this.list().filter((record) => record.status === 'settled').map((record) => record.id), (found) => ({
      put: [...found.values()].flatMap((record) => {
        if (record.status !== 'settled' || (record.settledAt ?? 0) < since) return []
        const { seq: _seq, settledAt: _at, seen: _seen, ...rest } = record
        return [{ ...rest, status: 'waiting' as const }]
      }),
    }))
  }

  #settled(record: StoredCommand, seq: number): StoredCommand {
    const { code: _code, message: _message, ...rest } = record
    return { ...rest, status: 'settled', seq, settledAt: this.#clock.now() }
  }

  #unsettled(): QueuedCommand[] {
    return this.list().filter((record) => record.status !== 'settled')
  }

  /** A refused command with the refused ones that it names or that name it, through any number of steps. */
  #rejectedWith(id: Id): Id[] {
    const rejected = this.list().filter((record) => record.status === 'rejected')
    const made = makers(rejected)
    const roots = new Set<Id>([id])
    for (const root of roots) {
      const record = this.#records.get(root)
      for (const maker of record ? makersOf(record.command, made, record.order) : []) roots.add(maker.id)
    }
    return [...roots, ...dependentsOf(roots, rejected).filter((record) => record.code === 'depends_on').map((record) => record.id)]
  }

  /** What waits for a refused command is refused with it. */
  async #rejectDependents(): Promise<void> {
    const open = this.#unsettled()
    const rejected = open.filter((record) => record.status === 'rejected').map((record) => record.id)
    if (rejected.length === 0) return
    const fallen = dependentsOf(rejected, open).filter((record) => record.status === 'waiting' && !record.sending)
    if (fallen.length === 0) return
    await this.#changeOrRemember(fallen.map((record) => record.id), (found) => ({
      put: [...found.values()].filter((record) => record.status === 'waiting').map((record) => ({ ...record, status: 'rejected' as const, code: 'depends_on' as const, message: ERRORS.depends_on.title })),
    }))
  }

  async #prune(): Promise<void> {
    const before = this.#clock.now() - LIMITS.settledKeptMs
    const old = this.list().filter((record) => record.status === 'settled' && (record.settledAt ?? 0) < before)
    if (old.length > 0) await this.#change(old.map((record) => record.id), (found) => ({ remove: [...found.keys()] }))
  }

  /**
   * A device that cannot write must not hold up what it has already kept. Nothing is lost by only remembering these
   * changes: after a restart the server says the same again.
   */
  async #changeOrRemember(ids: readonly Id[], decide: (found: ReadonlyMap<Id, StoredCommand>) => StoreChange & { put: StoredCommand[] }): Promise<void> {
    try {
      await this.#change(ids, decide)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      const found = new Map<Id, StoredCommand>()
      for (const id of ids) {
        const record = this.#records.get(id)
        if (record) found.set(id, record)
      }
      for (const record of decide(found).put) this.#records.set(record.id, record)
      this.#touch()
    }
  }

  async #change(ids: readonly Id[], decide: (found: ReadonlyMap<Id, StoredCommand>) => StoreChange): Promise<void> {
    let removed: Id[] = []
    const put = await this.#store.change(ids, (found) => {
      const change = decide(found)
      removed = change.remove ?? []
      return change
    })
    for (const id of removed) this.#records.delete(id)
    for (const record of put) this.#records.set(record.id, record)
    if (put.length === 0 && removed.length === 0) return
    this.#tabs.post({ type: 'commands', ids: [...removed, ...put.map((record) => record.id)] } satisfies CommandsChanged)
    this.#touch()
  }

  async #reread(ids: Id[]): Promise<void> {
    const found = await this.#store.read(ids)
    const there = new Set(found.map((record) => record.id))
    for (const id of ids) if (!there.has(id)) this.#records.delete(id)
    for (const record of found) this.#records.set(record.id, record)
    this.#touch()
  }

  #touch(): void {
    this.#sorted = undefined
    this.#newest = undefined
    this.changed.emit()
  }
}

/** True for what is done to a message, or to one that is scheduled. */
function isAbout(command: Command, id: Id): boolean {
  return ('message' in command && command.message === id) || ('scheduled' in command && command.scheduled === id)
}

/** True for commands of these messages that may hold a text of theirs; that something was cancelled is kept, so that it stays so when a server is put back. */
function holdsTextOf(id: Id, command: Command, messages: ReadonlySet<Id>): boolean {
  if (command.type === 'message.unschedule') return false
  if (messages.has(id) || (command.type === 'message.schedule' && messages.has(scheduledMessageId(id)))) return true
  return ('message' in command && messages.has(command.message)) || ('scheduled' in command && (messages.has(command.scheduled) || messages.has(scheduledMessageId(command.scheduled))))
}

/** What a person wrote as a message of its own is not thrown away with the message it answers, only with its room. */
function outlives(dependent: StoredCommand, discarded: StoredCommand): boolean {
  return dependent.command.type === 'message.send' && discarded.command.type === 'message.send'
}

function isCommandsChanged(message: unknown): message is CommandsChanged {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'commands'
}
