/** Why a page gets no preview. For tests and counting: it names the rule, never the address. */
type Reason =
  | 'address' | 'scheme' | 'credentials' | 'port' | 'host' | 'own_host' | 'unresolved' | 'private_address'
  | 'redirects' | 'downgrade' | 'status' | 'type' | 'encoding' | 'too_large' | 'broken' | 'connect_timeout' | 'timeout' | 'no_title'

export class NoPreview extends Error {
  readonly reason: Reason
  constructor(reason: Reason) {
    super(`no preview: ${reason}`)
    this.name = 'NoPreview'
    this.reason = reason
  }
}
