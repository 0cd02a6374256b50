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
  /** Its message is here and has been laid out, and so is what stands above it: its head, its divider and its height are no guess. */
  isSettled(row: number): boolean
}

/**
 * The row that must not move on the screen when rows around it load, grow or shrink: the one jumped to, else the one pointed at, else the first
 * that is whole. A row that is not settled gives its place to the nearest one that is: this one has been before the person's eyes.
 */
export function anchorRow({ top, bottom, topIsCut, pointed, held, isSettled }: RowsOnScreen): number {
  const isOn = (row: number | undefined): row is number => row !== undefined && row >= top && row <= bottom
  if (isOn(held)) return held
  const first = topIsCut && top < bottom ? top + 1 : top
  const from = isOn(pointed) ? pointed : first
  for (let row = from; row <= bottom; row += 1) if (isSettled(row)) return row
  for (let row = from - 1; row >= top; row -= 1) if (isSettled(row)) return row
  return first
}
