import type { Entry } from './entry.ts'
import type { GlobalRole, RoomKind, RoomRole } from './roles.ts'

/** Shapes of the HTTP answers (docs/PROTOCOL.md). */
export interface Me {
  id: string
  email: string
  username: string
  displayName: string
  role: GlobalRole
  emailVerified: boolean
}

/** Answer of register, login and refresh. `expiresAt`: ms since the epoch. */
export interface Signed {
  user: Me
  accessToken: string
  expiresAt: number
}

export interface BootstrapRoom {
  room: string
  kind: RoomKind
  name: string
  role: RoomRole
  head: number
  cursor: number
  unread: number
}

export interface Bootstrap {
  epoch: string
  protocol: number
  time: number
  rooms: BootstrapRoom[]
}

export interface MessagesPage {
  entries: Entry[]
  head: number
}

export interface DirectoryUser {
  id: string
  username: string
  displayName: string
}

export interface DirectoryRoom {
  room: string
  name: string
  topic: string
  members: number
  joined: boolean
}
