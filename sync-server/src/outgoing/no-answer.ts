type Reason = 'address' | 'scheme' | 'credentials' | 'port' | 'host' | 'own_host' | 'unresolved' | 'private_address' | 'broken' | 'connect_timeout' | 'timeout'

/** Why an address that somebody gave is not asked, or does not answer. For tests and counting: it names the rule, never the address. */
export class NoAnswer<R extends string = Reason> extends Error {
  readonly reason: R
  constructor(reason: R) {
    super(`no answer: ${reason}`)
    this.name = 'NoAnswer'
    this.reason = reason
  }
}
