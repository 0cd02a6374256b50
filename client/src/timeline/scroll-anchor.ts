/** What is on the screen, in rows of the list: `top` and `bottom` are cut by the screen's edges or lie just inside them. */
export interface RowsOnScreen {
  top: number
  bottom: number
  /** The row `top` begins above the screen's edge. */
  topIsCut: boolean
  /** The row under the mouse. */
  pointed: number | undefined
  /** The row that was jumped to, until the person scrolls. */
  held: number | undefined
  /** Its message is here, not only its place. */
  isLoaded(row: number): boolean
}

/**
 * The row that must not move on the screen when rows around it load, grow or shrink: the one jumped to, else the one pointed at, else the first
 * that is whole. A row below an empty place is passed over, because its head and its divider depend on what comes there.
 */
export function anchorRow({ top, bottom, topIsCut, pointed, held, isLoaded }: RowsOnScreen): number {
  const isOn = (row: number | undefined): row is number => row !== undefined && row >= top && row <= bottom
  if (isOn(held)) return held
  const settled = (row: number): boolean => isLoaded(row) && isLoaded(row - 1)
  if (isOn(pointed)) {
    if (settled(pointed)) return pointed
    if (pointed < bottom && isLoaded(pointed) && isLoaded(pointed + 1)) return pointed + 1
  }
  const first = topIsCut && top < bottom ? top + 1 : top
  for (let row = first; row <= bottom; row += 1) if (settled(row)) return row
  return topIsCut && isLoaded(top) ? top : first
}
