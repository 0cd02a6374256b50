import type { ReactNode } from 'react'
import type { Pages } from './use-pages.ts'
import { LoadMore } from './LoadMore.tsx'

export interface Column<T> {
  title: string
  cell(item: T): ReactNode
  /** The cell that names the row: on a phone it is the card's head, without its title. */
  head?: boolean
  /** Buttons: without a title on the screen. */
  actions?: boolean
}

interface Props<T> {
  label: string
  columns: readonly Column<T>[]
  pages: Pages<T>
  idOf(item: T): string | number
  /** Instead of the table while there is nothing in it. */
  empty: ReactNode
}

/** A table that loads on while it is scrolled; on a phone each row is a card. */
export function AdminTable<T>({ label, columns, pages, idOf, empty }: Props<T>) {
  if (pages.items.length === 0 && !pages.busy) return pages.problem === undefined ? empty : <LoadMore pages={pages} />
  return (
    <>
      <table className={columns.some((column) => column.actions === true) ? 'admin-table admin-table-acts' : 'admin-table'} aria-label={label} aria-busy={pages.busy}>
        <thead>
          <tr>
            {columns.map(({ title, head, actions }) => (
              <th key={title} scope="col" className={head === true ? 'admin-head-title' : undefined}>
                {actions === true ? <span className="sr-only">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pages.items.map((item) => (
            <tr key={idOf(item)}>
              {columns.map(({ title, cell, head, actions }) =>
                head === true ? (
                  <th key={title} scope="row" className="admin-head">
                    {cell(item)}
                  </th>
                ) : (
                  <td key={title} className={actions === true ? 'admin-actions' : undefined} data-title={title}>
                    {cell(item)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <LoadMore pages={pages} />
    </>
  )
}
