import { useState } from 'react'
import { said, type Sentence } from './sentence.ts'

/** State that holds a text: it is kept as a `Sentence` and read as words of the language that is spoken now. */
export function useSentence(): [words: string | undefined, set: (next: Sentence | undefined) => void] {
  const [kept, setKept] = useState<Sentence>()
  return [kept === undefined ? undefined : said(kept), setKept]
}
