import type { Me } from '@chatflow/shared/api/account'
import type { Person } from '@chatflow/shared/entry'
import { describe, expect, it } from 'vitest'
import type { ChatCore } from '../sync/chat-core.ts'
import { person } from '../sync/testing/harness.ts'
import { followAccount } from './follow-account.ts'

/** Somebody's page; `says` is what their user document says of them. */
function page(me: Me = person()) {
  const says: { confirmed: boolean; person: Person | undefined } = { confirmed: true, person: undefined }
  const account = { user: me, isKnown: true, learn: (now: Me) => void (account.user = now) }
  const mine = {
    get confirmed() {
      return says.confirmed
    },
    people: () => new Map(says.person === undefined ? [] : [[me.id, says.person]]),
  } as ChatCore['mine']
  const core = { user: me, mine }
  const follow = followAccount(account)
  return { says, account, core, follow: () => follow(core) }
}

describe('names and picture', () => {
  it('that were changed on another device are told by the user document, once the server has confirmed it', () => {
    const { says, account, core, follow } = page({ ...person(), avatar: 'old' })
    says.person = { username: 'ada', displayName: 'Ada L.' }
    says.confirmed = false
    follow()
    expect(core.user.displayName).toBe('ada')
    says.confirmed = true
    follow()
    expect(account.user).toMatchObject({ displayName: 'Ada L.', email: 'ada@example.org' })
    expect('avatar' in account.user).toBe(false)
    expect(core.user).toBe(account.user)
  })

  it('that this page changed itself are not taken back by what the document said before', () => {
    const { says, account, core, follow } = page()
    says.person = { username: 'ada', displayName: 'ada' }
    follow()
    account.learn({ ...account.user, displayName: 'Countess' })
    follow()
    expect(core.user.displayName).toBe('Countess')
  })

  it('of an account that is gone, or of somebody else who has signed in by now, are not followed', () => {
    const gone = page()
    gone.says.person = { username: '', displayName: '' }
    gone.follow()
    expect(gone.account.user.username).toBe('ada')
    const other = page()
    const { user } = other.core
    other.account.user = person('grace')
    other.follow()
    expect(other.core.user).toBe(user)
  })
})
