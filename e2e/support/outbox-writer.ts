import { docName } from '@chatflow/shared/doc-names'
import { type Id, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Account } from './account.ts'
import { type OpenDocument, StockClient } from './stock-client.ts'

interface Offered {
  id: Id
}

/**
 * One device that offers commands as docs/PROTOCOL.md tells: through a window of its queue, in order, in a fresh document for each
 * connection and after 500 marks, taking commands and marks out once they are answered.
 */
export class OutboxWriter {
  readonly client: StockClient
  /** By command id: the `seq`, or 0. */
  readonly settled = new Map<Id, number>()
  readonly rejected = new Map<Id, unknown>()
  /** Hears every mark as it comes. */
  onMark: () => unknown = () => {}
  private readonly account: Account
  private readonly device = newId()
  private readonly queue: Offered[] = []
  private run: OpenDocument | undefined
  private marksOfRun = 0

  constructor(url: string, account: Account) {
    this.account = account
    this.client = new StockClient(url, account.token)
    this.client.socket.on('open', () => this.begin())
    this.client.socket.on('close', () => this.end())
  }

  /** Commands that wait for their mark. */
  get waiting(): number {
    return this.queue.length
  }

  offer(commands: readonly Offered[]): void {
    this.queue.push(...commands)
    this.refill()
  }

  destroy(): void {
    this.client.destroy()
  }

  private begin(): void {
    this.end()
    this.marksOfRun = 0
    const run = this.client.attach(docName.outbox(this.account.id, this.device, newId()))
    this.run = run
    for (const kind of ['settled', 'rejected'] as const) run.doc.getMap(kind).observe((_event, { local }) => local || this.takeMarks(run))
    this.refill()
  }

  private end(): void {
    this.run?.close()
    this.run = undefined
  }

  private refill(): void {
    if (this.run === undefined) return
    const offered = this.run.doc.getArray<Offered>('commands')
    const next = this.queue.slice(offered.length, LIMITS.outboxWindowCommands)
    if (next.length > 0) offered.push(next)
  }

  private takeMarks({ doc }: OpenDocument): void {
    const kinds = [
      [doc.getMap('settled'), this.settled],
      [doc.getMap('rejected'), this.rejected],
    ] as const
    doc.transact(() => {
      for (const [marks, kept] of kinds) {
        for (const [id, value] of marks) {
          kept.set(id, value as number)
          marks.delete(id)
          this.remove(doc.getArray<Offered>('commands').toArray(), id, (place) => doc.getArray('commands').delete(place, 1))
          this.remove(this.queue, id, (place) => this.queue.splice(place, 1))
          this.marksOfRun += 1
        }
      }
    })
    this.onMark()
    if (this.run?.doc !== doc) return
    if (this.marksOfRun >= LIMITS.outboxRunMarks) this.begin()
    else this.refill()
  }

  private remove(list: readonly Offered[], id: Id, at: (place: number) => void): void {
    const place = list.findIndex((item) => item.id === id)
    if (place !== -1) at(place)
  }
}
