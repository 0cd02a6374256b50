import type { ReactNode } from 'react'

interface Props {
  /** A sentence of ours. */
  text: string
  /** What people called themselves or their things, in the order in which it stands in the sentence. */
  names: readonly (string | undefined)[]
}

/** A sentence with names in it: each is shown in its own direction and does not turn the words around it. */
export function Isolated({ text, names }: Props) {
  const parts: ReactNode[] = []
  let from = 0
  for (const name of names) {
    const at = name === undefined || name === '' ? -1 : text.indexOf(name, from)
    if (name === undefined || at === -1) continue
    parts.push(text.slice(from, at), <bdi key={at}>{name}</bdi>)
    from = at + name.length
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  )
}
