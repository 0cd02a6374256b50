import { LIMITS } from '@chatflow/shared/limits'
import { useMemo } from 'react'
import { useActions, useChatState } from '../../app/chat-context.tsx'
import { navigate } from '../../app/use-route.ts'
import type { ChatActions } from '../../chat/contract.ts'
import { SETTINGS } from '../../chat/settings.ts'
import { sentence } from '../../i18n/sentence.ts'
import type { Sentence } from '../../i18n/sentence.ts'
import { useRoomUi } from '../../timeline/room-ui.tsx'
import { parseSlash, parseStatus, SHRUG, type SlashName, type SlashPlace } from './slash-commands.ts'

/** What becomes of a text: it is sent (as another one, perhaps), not sent because of what is said, or something is done, which may say what went wrong. */
export type Interpreted = { send: string } | { say: Sentence } | { act: () => Promise<Sentence | undefined> }

/** Reads commands that are written in the composer of the open room. `onHelp`: the list of them is asked for. */
export function useSlash(onHelp: () => void): { place: SlashPlace; interpret(text: string): Interpreted } {
  const { room, me } = useRoomUi()
  const actions = useActions()
  const muted = useChatState((state) => state.rooms.find(({ id }) => id === room.id)?.muted === true)
  const place = useMemo<SlashPlace>(() => ({ room: { ...room, muted }, me }), [room, muted, me])
  return {
    place,
    interpret: (text) => {
      const slash = parseSlash(text, place)
      if (slash.what === 'message') return { send: slash.text }
      if (slash.what === 'problem') return { say: slash.sentence }
      return commandOf(slash.name, slash.rest, place, actions, onHelp)
    },
  }
}

function commandOf(name: SlashName, rest: string, { room }: SlashPlace, actions: ChatActions, onHelp: () => void): Interpreted {
  const doing = (work: () => Promise<unknown>): Interpreted => ({ act: () => work().then(() => undefined) })
  switch (name) {
    case 'me':
      return { send: `/me ${rest}` }
    case 'shrug':
      return { send: rest === '' ? SHRUG : `${rest} ${SHRUG}` }
    case 'status': {
      const status = parseStatus(rest)
      if ((status?.text?.length ?? 0) > LIMITS.statusText) return { say: sentence('composer.statusTooLong', { most: LIMITS.statusText }) }
      return doing(() => actions.setStatus(status))
    }
    case 'topic':
      if (rest.length > LIMITS.roomTopic) return { say: sentence('composer.topicTooLong', { most: LIMITS.roomTopic }) }
      return doing(() => actions.updateRoom(room.id, { topic: rest }))
    case 'invite':
      return { act: () => invite(actions, room.id, rest) }
    case 'mute':
      return doing(() => actions.setSetting(SETTINGS.level(room.id), room.muted ? null : 'none'))
    case 'leave':
      return doing(async () => {
        await actions.leaveRoom(room.id)
        navigate({}, { replace: true })
      })
    case 'help':
      return doing(async () => onHelp())
  }
}

/** Answers what went wrong; nobody is added unless everybody is known. */
async function invite(actions: ChatActions, room: string, rest: string): Promise<Sentence | undefined> {
  const names = rest.split(/[\s,]+/).map((name) => name.replace(/^@/, '').toLowerCase()).filter(Boolean)
  const people = await Promise.all(names.map(async (name) => (await actions.findUsers(name)).find((person) => person.username.toLowerCase() === name)))
  const unknown = names.filter((_, i) => people[i] === undefined)
  if (unknown.length > 0) return sentence('composer.nobodyCalled', { names: unknown.map((name) => `@${name}`).join(', ') })
  for (const person of people) if (person !== undefined) await actions.addMember(room, person.id)
  return undefined
}
