import type { Me, Signed } from '@chatflow/shared/api/account'
import type { MessagesPage } from '@chatflow/shared/api/chat'
import type { CommandResult } from '@chatflow/shared/command'
import type { Entry } from '@chatflow/shared/entry'
import { type Id, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { confirmAddress } from './outbox.ts'

export const PASSWORD = 'correct horse battery'

/** Someone with an account and an access token, over HTTP. */
export class Account {
  readonly user: Me
  readonly token: string
  private readonly cookie: string

  /** A new account on the server at `url`, with a confirmed address. */
  static async register(url: string, base: string): Promise<Account> {
    const username = `${base}-${newId().slice(-8)}`
    const account = await signed(await post(url, '/api/auth/register', { username, displayName: base, email: `${username}@example.org`, password: PASSWORD }))
    await confirmAddress(url, account.user.email)
    return account
  }

  static async login(url: string, username: string): Promise<Account> {
    return signed(await post(url, '/api/auth/login', { login: username, password: PASSWORD }))
  }

  constructor(user: Me, token: string, cookie: string) {
    this.user = user
    this.token = token
    this.cookie = cookie
  }

  get id(): Id {
    return this.user.id
  }

  get username(): string {
    return this.user.username
  }

  /** The same, with another token. */
  withToken(token: string): Account {
    return new Account(this.user, token, this.cookie)
  }

  /** Ends the session; the access token stays what it is. */
  async logout(url: string): Promise<void> {
    await post(url, '/api/auth/logout', {}, { cookie: this.cookie })
  }

  /** Hands commands over HTTP; results in their order. */
  async command(url: string, ...commands: object[]): Promise<CommandResult[]> {
    const answer = await post(url, '/api/commands', { commands }, { authorization: `Bearer ${this.token}` })
    return ((await answer.json()) as { results: CommandResult[] }).results
  }

  /** A new private room with these people besides the caller. */
  async createRoom(url: string, ...members: Account[]): Promise<Id> {
    const room = newId()
    const [result] = await this.command(url, command({ type: 'room.create', room, kind: 'private', name: 'room', members: members.map(({ id }) => id) }))
    if (result?.status !== 'accepted') throw new Error(`The room was not made: ${JSON.stringify(result)}`)
    return room
  }

  /** All entries of a room, page by page as a client without Yjs reads them. */
  async history(url: string, room: Id): Promise<Entry[]> {
    const entries: Entry[] = []
    for (;;) {
      const answer = await fetch(`${url}/api/rooms/${room}/messages?after=${entries.at(-1)?.seq ?? 0}&limit=${LIMITS.pageEntries}`, {
        headers: { authorization: `Bearer ${this.token}` },
      })
      if (!answer.ok) throw new Error(`No page of messages: ${await answer.text()}`)
      const page = (await answer.json()) as MessagesPage
      entries.push(...page.entries)
      if (page.entries.length === 0 || entries.at(-1)?.seq === page.head) return entries
    }
  }
}

/** A command of now with a new id. */
export function command<F extends { type: string }>(fields: F): F & { v: 1; id: Id; at: number } {
  return { v: 1, id: newId(), at: Date.now(), ...fields }
}

async function signed(answer: Response): Promise<Account> {
  const { user, accessToken } = (await answer.json()) as Signed
  return new Account(user, accessToken, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '')
}

async function post(url: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`)
  return answer
}
