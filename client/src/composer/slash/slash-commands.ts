import { can, type Action } from '@chatflow/shared/permissions'
import type { RoomRole } from '@chatflow/shared/roles'
import type { RoomView } from '../../chat/views.ts'

/** Where a command is given, and by whom. */
export interface SlashPlace {
  room: Pick<RoomView, 'id' | 'kind' | 'archived' | 'role'> & { role: RoomRole; muted: boolean }
  me: { id: string; role: 'admin' | 'member' | 'guest' }
}

export interface SlashCommand {
  name: SlashName
  /** "@name ...", or nothing. */
  args: string
  help: string
  /** What `can` is asked; without it everybody may. */
  action?: Action
  /** Without them there is nothing to do: said then. */
  needs?: string
}

/** What can be written in the composer instead of a message. `//` at the beginning writes a message that begins with one slash. */
const SLASH_COMMANDS = [
  { name: 'me', args: 'what you do', help: 'Says what you do: "* Ana waves"', needs: 'Write what you do after /me.' },
  { name: 'shrug', args: 'a message', help: 'Puts ¯\\_(ツ)_/¯ after the message' },
  { name: 'status', args: 'emoji text', help: 'Says of you what you are doing; with nothing after it, it is cleared' },
  { name: 'topic', args: 'text', help: "Changes the room's topic", action: 'room.update', needs: 'Write the topic after /topic.' },
  { name: 'invite', args: '@name', help: 'Adds people to the room', action: 'member.add', needs: 'Write whom to invite: /invite @name' },
  { name: 'mute', args: '', help: 'Mutes the room, or unmutes it' },
  { name: 'leave', args: '', help: 'Leaves the room' },
  { name: 'help', args: '', help: 'Lists these commands' },
] as const satisfies readonly (Omit<SlashCommand, 'name'> & { name: string })[]

export type SlashName = (typeof SLASH_COMMANDS)[number]['name']

/** The commands that the person may give here. */
export function commandsFor(place: SlashPlace): readonly SlashCommand[] {
  return (SLASH_COMMANDS as readonly SlashCommand[]).filter((command) => mayGive(command, place))
}

/** What the text is: a message, perhaps without its first slash, a command, or a sentence saying why it is none. */
export type Slash = { what: 'message'; text: string } | { what: 'command'; name: SlashName; rest: string } | { what: 'problem'; sentence: string }

export function parseSlash(text: string, place: SlashPlace): Slash {
  if (text.startsWith('//')) return { what: 'message', text: text.slice(1) }
  // A path like /etc/hosts is a message.
  const match = /^\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u.exec(text.trimEnd())
  const name = match?.[1]?.toLowerCase()
  if (name === undefined) return { what: 'message', text }
  const rest = match?.[2]?.trim() ?? ''
  const command = (SLASH_COMMANDS as readonly SlashCommand[]).find((candidate) => candidate.name === name)
  if (command === undefined) return { what: 'problem', sentence: `There is no command /${name}. Begin with two slashes to write it as a message: //${name}` }
  if (!mayGive(command, place)) return { what: 'problem', sentence: `You may not use /${name} here.` }
  if (command.needs !== undefined && rest === '') return { what: 'problem', sentence: command.needs }
  return { what: 'command', name: command.name, rest }
}

function mayGive({ action }: SlashCommand, { room, me }: SlashPlace): boolean {
  return action === undefined || can({ id: me.id, role: me.role, roomRole: room.role }, action, { room: { kind: room.kind, archived: room.archived } })
}

/** A status as it is written: an emoji first, if there is one, then the words. */
export function parseStatus(rest: string): { emoji?: string; text?: string } | undefined {
  const match = /^(\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*|\p{Regional_Indicator}{2})?\s*([\s\S]*)$/u.exec(rest)
  const emoji = match?.[1]
  const text = match?.[2]?.replace(/\s+/g, ' ').trim() ?? ''
  if (emoji === undefined && (text === '' || text === 'clear')) return undefined
  return { ...(emoji === undefined ? {} : { emoji }), ...(text === '' ? {} : { text }) }
}

export const SHRUG = '¯\\_(ツ)_/¯'
