import { docName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { parseNotesStored } from '@chatflow/shared/stateless'
import * as Y from 'yjs'
import { type OpenDocument, StockClient } from './stock-client.ts'
import { until } from './until.ts'

/** Somebody with the notes of a room open, in a stock client with a socket of its own. */
export class StockNotes {
  private readonly client: StockClient
  private readonly opened: OpenDocument
  private readonly heard = new Set<number>()
  private mark = 0

  static async open(url: string, token: string, room: Id): Promise<StockNotes> {
    const client = new StockClient(url, token)
    return new StockNotes(client, await client.open(docName.notes(room)))
  }

  private constructor(client: StockClient, opened: OpenDocument) {
    this.client = client
    this.opened = opened
    opened.provider.on('stateless', ({ payload }: { payload: string }) => this.heard.add(parseNotesStored(payload)?.mark ?? -1))
  }

  get text(): string {
    return this.notes.toJSON()
  }

  /** A new paragraph at the end. */
  paragraph(text: string): void {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    this.notes.push([paragraph])
  }

  /** Into the first paragraph. */
  insert(at: number, text: string): void {
    this.first?.insert(Math.min(at, this.first.length), text)
  }

  /** Takes out the first character of the first paragraph. */
  deleteFirst(): void {
    if ((this.first?.length ?? 0) > 0) this.first?.delete(0, 1)
  }

  deleteParagraph(index: number): void {
    this.notes.delete(index, 1)
  }

  /** Resolves when all that was written before is committed; the mark is sent again until there is an answer, as a client does. */
  async stored(): Promise<void> {
    this.mark += 1
    const { mark } = this
    let asked = 0
    await until(
      () => {
        if (this.opened.provider.synced && Date.now() - asked > 1_000) {
          asked = Date.now()
          this.opened.provider.sendStateless(JSON.stringify({ type: 'notes-mark', mark }))
        }
        return this.heard.has(mark)
      },
      'it is stored',
      20_000,
    )
  }

  disconnect(): void {
    this.client.socket.disconnect()
  }

  connect(): void {
    void this.client.socket.connect()
  }

  destroy(): void {
    this.client.destroy()
  }

  private get notes(): Y.XmlFragment {
    return this.opened.doc.getXmlFragment('notes')
  }

  private get first(): Y.XmlText | undefined {
    const paragraph = this.notes.length > 0 ? this.notes.get(0) : undefined
    const text = paragraph instanceof Y.XmlElement && paragraph.length > 0 ? paragraph.get(0) : undefined
    return text instanceof Y.XmlText ? text : undefined
  }
}
