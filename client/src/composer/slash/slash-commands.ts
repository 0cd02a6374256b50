import { can, type Action } from '@chatflow/shared/permissions'
import type { RoomRole } from '@chatflow/shared/roles'
import type { RoomView } from '../../chat/views.ts'
import { sentence } from '../../i18n/sentence.ts'
import type { Sentence } from '../../i18n/sentence.ts'
import type { PlainKey } from '../../i18n/words.ts'

/** Where a command is given, and by whom. */
export interface SlashPlace {
  room: Pick<RoomView, 'id' | 'kind' | 'archived' | 'role'> & { role: RoomRole; muted: boolean }
  me: { id: string; role: 'admin' | 'member' | 'guest' }
}

export interface SlashCommand {
  name: SlashName
  /** Key of "@name ..."; undefined: nothing stands after the command. */
  args?: PlainKey
  help: PlainKey
  /** What `can` is asked; without it everybody may. */
  action?: Action
  /** Without them there is nothing to do: said then. */
  needs?: PlainKey
}

/** What can be written in the composer instead of a message. `//` at the beginning writes a message that begins with one slash. */
const SLASH_COMMANDS = [
  { name: 'me', args: 'composer.meArgs', help: 'composer.meHelp', needs: 'composer.meNeeds' },
  { name: 'shrug', args: 'composer.shrugArgs', help: 'composer.shrugHelp' },
  { name: 'status', args: 'composer.statusArgs', help: 'composer.statusHelp' },
  { name: 'topic', args: 'composer.topicArgs', help: 'composer.topicHelp', action: 'room.update', needs: 'composer.topicNeeds' },
  { name: 'invite', args: 'composer.inviteArgs', help: 'composer.inviteHelp', action: 'member.add', needs: 'composer.inviteNeeds' },
  { name: 'mute', help: 'composer.muteHelp' },
  { name: 'leave', help: 'composer.leaveHelp' },
  { name: 'help', help: 'composer.helpHelp' },
] as const satisfies readonly (Omit<SlashCommand, 'name'> & { name: string })[]

export type SlashName = (typeof SLASH_COMMANDS)[number]['name']

/** The commands that the person may give here. */
export function commandsFor(place: SlashPlace): readonly SlashCommand[] {
  return (SLASH_COMMANDS as readonly SlashCommand[]).filter((command) => mayGive(command, place))
}

/** What the text is: a message, perhaps without its first slash, a command, or a sentence saying why it is none. */
export type Slash = { what: 'message'; text: string } | { what: 'command'; name: SlashName; rest: string } | { what: 'problem'; sentence: Sentence }

export function parseSlash(text: string, place: SlashPlace): Slash {
  if (text.startsWith('//')) return { what: 'message', text: text.slice(1) }
  // A path like /etc/hosts is a message.
  const match = /^\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u.exec(text.trimEnd())
  const name = match?.[1]?.toLowerCase()
  if (name === undefined) return { what: 'message', text }
  const rest = match?.[2]?.trim() ?? ''
  const command = (SLASH_COMMANDS as readonly SlashCommand[]).find((candidate) => candidate.name === name)
  if (command === undefined) return { what: 'problem', sentence: sentence('composer.noCommand', { name }) }
  if (!mayGive(command, place)) return { what: 'problem', sentence: sentence('composer.mayNotCommand', { name }) }
  if (command.needs !== undefined && rest === '') return { what: 'problem', sentence: sentence(command.needs) }
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
