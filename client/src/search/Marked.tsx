import type { Excerpt } from '@chatflow/shared/search/excerpt'

/** A part of a message with what was found in it. Plain text and elements, never markup. */
export function Marked({ excerpt: { text, ranges, cutBefore, cutAfter } }: { excerpt: Excerpt }) {
  const pieces = []
  let at = 0
  for (const { start, end } of ranges) {
    if (start > at) pieces.push(text.slice(at, start))
    pieces.push(
      <mark key={start} className="search-mark">
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  return (
    <>
      {cutBefore && '… '}
      {pieces}
      {text.slice(at)}
      {cutAfter && ' …'}
    </>
  )
}
