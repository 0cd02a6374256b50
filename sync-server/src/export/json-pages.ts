import { Readable } from 'node:stream'

/** Rows read at once. Between two pages nothing of the database is held. */
export const PAGE_ROWS = 500

/**
 * A JSON array, one item a line, made while it is read: `page` is asked for the rows after the last one it gave, in their order, and for no more until
 * somebody has read what there is. So memory holds a page, however long the list.
 */
export function jsonArray<T>(page: (after: T | undefined) => Promise<T[]>, toItem: (row: T) => unknown): Readable {
  return Readable.from(chunks(page, toItem), { objectMode: false })
}

/** One value as a JSON file. */
export function jsonFile(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

async function* chunks<T>(page: (after: T | undefined) => Promise<T[]>, toItem: (row: T) => unknown): AsyncGenerator<Buffer> {
  let last: T | undefined
  let first = true
  yield Buffer.from('[')
  for (;;) {
    const rows = await page(last)
    if (rows.length > 0) yield Buffer.from(rows.map((row) => `${separator()}${JSON.stringify(toItem(row))}`).join(''))
    if (rows.length < PAGE_ROWS) break
    last = rows.at(-1)
  }
  yield Buffer.from('\n]\n')

  function separator(): string {
    const sign = first ? '\n' : ',\n'
    first = false
    return sign
  }
}
