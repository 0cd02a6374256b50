import type { Account } from '../sync/account.ts'
import { ApiError } from '../sync/api.ts'
import { challengeOf, type Confirmation } from '../sync/second-step.ts'
import type { ConfirmationView } from './views.ts'

/** The person did not confirm that it is them: what was asked for is not done. */
export class NotConfirmed extends Error {
  constructor() {
    super('not confirmed')
    this.name = 'NotConfirmed'
  }
}

/** Has calls that need a confirmation wait for one, and then sends them again. One question at a time, whoever asks. */
export class Confirmations {
  readonly #account: Account
  readonly #show: (view: ConfirmationView | undefined) => void
  #asked: { answer: Promise<void>; confirmed(): void; cancelled(): void } | undefined

  /** `show`: what the screen is to ask for; undefined: nothing. */
  constructor(account: Account, show: (view: ConfirmationView | undefined) => void) {
    this.#account = account
    this.#show = show
  }

  /**
   * Runs `send`, and again once the person has confirmed, if that is what it was refused for. `password`: one that has just been typed; where it is enough
   * nobody is asked again. Rejects with `NotConfirmed`, or with what is wrong with that password.
   */
  async run<T>(send: () => Promise<T>, password?: string): Promise<T> {
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'confirmation_required') throw error
    }
    await (password === undefined ? this.#ask({}) : this.#try(password))
    return send()
  }

  /** What the person shows. Rejects like `Account.confirm`; then the question stays. */
  async confirm(step: Confirmation): Promise<void> {
    await this.#account.confirm(step)
    this.#asked?.confirmed()
  }

  cancel(): void {
    this.#asked?.cancelled()
  }

  async #try(password: string): Promise<void> {
    try {
      await this.#account.confirm({ by: 'password', password })
    } catch (error) {
      const challenge = challengeOf(error)
      if (challenge === undefined) throw error
      await this.#ask({ challenge })
    }
  }

  #ask(view: ConfirmationView): Promise<void> {
    if (this.#asked) return this.#asked.answer
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const answer = promise.finally(() => {
      this.#asked = undefined
      this.#show(undefined)
    })
    this.#asked = { answer, confirmed: () => resolve(), cancelled: () => reject(new NotConfirmed()) }
    this.#show(view)
    return answer
  }
}
