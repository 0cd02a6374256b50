import type { CDPSession, Page } from '@playwright/test'

/** A passkey device in the browser: real keys and signatures, and a person who always agrees. */
export class VirtualAuthenticator {
  readonly #devtools: CDPSession
  readonly #id: string

  /** Plugs one into the page's browser; it lasts as long as the page. */
  static async plugInto(page: Page): Promise<VirtualAuthenticator> {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
    return new VirtualAuthenticator(devtools, authenticatorId)
  }

  constructor(devtools: CDPSession, id: string) {
    this.#devtools = devtools
    this.#id = id
  }

  /** How many passkeys it holds. */
  async count(): Promise<number> {
    return (await this.#devtools.send('WebAuthn.getCredentials', { authenticatorId: this.#id })).credentials.length
  }

  /** The person is not recognised from now on. */
  async refuse(): Promise<void> {
    await this.#devtools.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified: false })
  }
}
