import { docName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { parseNotesStored } from '@chatflow/shared/stateless'
import * as Y from 'yjs'
import type { Account } from './account.ts'
import { StockClient } from './stock-client.ts'

/** Kind, text and further attributes of a block of notes. */
export type NotesBlock = readonly [kind: string, text: string, attributes?: Readonly<Record<string, string | number | boolean>>]

/** Puts blocks at the end of a room's notes, and waits until they are stored. */
export async function writeNotes(url: string, by: Account, room: Id, blocks: readonly NotesBlock[]): Promise<void> {
  await changeNotes(url, by, room, (fragment) => {
    fragment.insert(fragment.length, blocks.map(([kind, text, attributes = {}]) => {
      const block = new Y.XmlElement('block')
      for (const [name, value] of Object.entries({ kind, ...attributes })) block.setAttribute(name, value as string)
      block.insert(0, [new Y.XmlText(text)])
      return block
    }))
  })
}

/** Changes a room's notes as any client on the protocol may, and waits until that is stored. */
export async function changeNotes(url: string, by: Account, room: Id, change: (fragment: Y.XmlFragment, doc: Y.Doc) => void): Promise<void> {
  const client = new StockClient(url, by.token)
  try {
    const { doc, provider } = await client.open(docName.notes(room))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    provider.on('stateless', ({ payload }: { payload: string }) => parseNotesStored(payload) && resolve())
    provider.on('close', () => reject(new Error('The connection was lost.')))
    doc.transact(() => change(doc.getXmlFragment('notes'), doc))
    provider.sendStateless(JSON.stringify({ type: 'notes-mark', mark: 1 }))
    await promise
  } finally {
    client.destroy()
  }
}
