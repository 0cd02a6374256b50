import type { Account } from '../sync/account.ts'
import type { ChatCore } from '../sync/chat-core.ts'

/** Answers a function that has the core follow the account: names and picture may be changed by this page, or on another device, which the user document tells. */
export function followAccount(account: Pick<Account, 'isKnown' | 'user' | 'learn'>): (core: Pick<ChatCore, 'user' | 'mine'>) => void {
  /** What the user document last said of the person: what this page changed itself may be ahead of it. */
  let told: string | undefined
  return (core) => {
    const person = core.mine.confirmed ? core.mine.people().get(core.user.id) : undefined
    const now = JSON.stringify(person)
    // Without a username the account is gone, which its session will say.
    if (person !== undefined && person.username !== '' && now !== told) {
      told = now
      const { avatar, ...me } = { ...account.user, ...person, avatar: person.avatar }
      account.learn(avatar === undefined ? me : { ...me, avatar })
    }
    if (account.isKnown && account.user.id === core.user.id) core.user = account.user
  }
}
