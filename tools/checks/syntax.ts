/** A node of a parsed program, as little of it as these checks look at. */
export interface Node {
  type: string
  start: number
  [part: string]: unknown
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

/** Calls `look` for each node with the nodes above it, the root first. */
export function visit(node: Node, look: (node: Node, above: readonly Node[]) => void, above: readonly Node[] = []): void {
  look(node, above)
  const path = [...above, node]
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) {
      for (const item of part) if (isNode(item)) visit(item, look, path)
    } else if (isNode(part)) visit(part, look, path)
  }
}
