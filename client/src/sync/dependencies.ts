import type { Command } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'

/** What the command brings into being, if others can name it: a message, one that is scheduled, or a room. */
function createdBy(command: Command): Id | undefined {
  if (command.type === 'message.send' || command.type === 'message.schedule') return command.id
  if (command.type === 'room.create') return command.room
  return undefined
}

/** What the command names in `message`, `scheduled`, `replyTo` and `room`. */
function namedBy(command: Command): Id[] {
  const named: Id[] = []
  if ('room' in command) named.push(command.room)
  if ('message' in command) named.push(command.message)
  if ('scheduled' in command) named.push(command.scheduled)
  if ('replyTo' in command && command.replyTo !== undefined) named.push(command.replyTo)
  return named
}

interface Link {
  id: Id
  command: Command
  /** Place in the queue. What was entered later is nothing to wait for: a conversation is hidden, then opened again. */
  order?: number
}

/** Which commands of this device bring what into being: input for `makersOf`. */
export function makers<T extends Link>(records: Iterable<T>): Map<Id, T> {
  const made = new Map<Id, T>()
  for (const record of records) {
    const thing = createdBy(record.command)
    // Of several that make one room (a direct conversation opened twice), the first counts.
    if (thing !== undefined && !made.has(thing)) made.set(thing, record)
  }
  return made
}

/** The commands that make what `command` names, itself and those after it in the queue left out. `order`: its place; left out, it is the newest. */
export function makersOf<T extends Link>(command: Command, made: ReadonlyMap<Id, T>, order = Number.POSITIVE_INFINITY): T[] {
  const found: T[] = []
  for (const thing of namedBy(command)) {
    const maker = made.get(thing)
    if (maker && maker.id !== command.id && createdBy(command) !== thing && (maker.order ?? 0) <= order) found.push(maker)
  }
  return found
}

/** All commands that name, directly or through others, what the commands of `roots` make; roots left out, order kept. */
export function dependentsOf<T extends Link>(roots: Iterable<Id>, records: Iterable<T>): T[] {
  const all = [...records]
  const made = makers(all)
  const hit = new Set<Id>(roots)
  const found = new Set<T>()
  for (let grown = true; grown; ) {
    grown = false
    for (const record of all) {
      if (hit.has(record.id) || !makersOf(record.command, made, record.order).some((maker) => hit.has(maker.id))) continue
      hit.add(record.id)
      found.add(record)
      grown = true
    }
  }
  return all.filter((record) => found.has(record))
}
