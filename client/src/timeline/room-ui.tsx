import { can } from '@chatflow/shared/permissions'
import type { Action, Target } from '@chatflow/shared/permissions'
import { createContext, useContext } from 'react'
import type { MessageView, PersonView, RoomView } from '../chat/views.ts'
import type { Composing } from '../composer/composing.ts'

/** What a message may ask of the room around it. One object per room and role, so that messages seldom render again. */
export interface RoomUi {
  room: Pick<RoomView, 'id' | 'kind' | 'archived' | 'role'>
  me: { id: string; role: 'admin' | 'member' | 'guest'; username: string }
  /** People by lower-case username, for mentions. */
  people: ReadonlyMap<string, PersonView>
  /** Inside the panel of a conversation: what it began with. */
  thread?: string
  reply(message: MessageView): void
  edit(message: MessageView): void
  askDelete(message: MessageView): void
  askReport(message: MessageView): void
  askForward(message: MessageView): void
  markUnread(message: MessageView): void
  jumpTo(seq: number): void
  /** Says who somebody is, beside what was pointed at. */
  showPerson(person: PersonView, anchor: HTMLElement): void
  /** Asks which day to go to; `day`: a time on the day that is offered first, ms. */
  askDate(day: number): void
  /** Puts text into the composer, which may be to answer or to change something. False: it cannot take it now. */
  takeBack(text: string, to: Composing): boolean
}

const RoomUiContext = createContext<RoomUi | undefined>(undefined)

export const RoomUiProvider = RoomUiContext

export function useRoomUi(): RoomUi {
  const ui = useContext(RoomUiContext)
  if (ui === undefined) throw new Error('This component belongs inside a room.')
  return ui
}

/** May the person do this here? Hides what the server would refuse; the network has no say in it. */
export function mayDo(ui: RoomUi, action: Action, target: Target = {}): boolean {
  return can({ id: ui.me.id, role: ui.me.role, roomRole: ui.room.role }, action, { room: ui.room, ...target })
}
