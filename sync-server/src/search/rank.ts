import { LIMITS } from '@chatflow/shared/limits'
import { matchText, scoreOf, type TextMatch } from '@chatflow/shared/search/match'
import type { Term } from '@chatflow/shared/search/term'
import type { FoundMessage } from './find-messages.ts'

export interface Hit {
  message: FoundMessage
  match: TextMatch
  score: number
}

/** Characters that are read before others get their turn: those of a text count once for its words, and once more for each term that is looked for among them. */
const AT_ONCE = 100_000
/** Characters that are read in all; what comes behind, the database found less fitting, and it stays behind. */
const IN_ALL = 3_000_000

/** Reads the texts that were found, for what to show of them and how well they answer. In pieces: no other request waits for it. */
export async function readHits(messages: readonly FoundMessage[], terms: readonly Term[], asOf: number): Promise<Hit[]> {
  const hits: Hit[] = []
  let sinceTurn = 0
  let inAll = 0
  for (const message of messages) {
    const isRead = inAll < IN_ALL || hits.length < LIMITS.searchResults
    if (isRead) {
      const characters = message.text.length * (terms.length + 1)
      inAll += characters
      sinceTurn += characters
      if (sinceTurn > AT_ONCE) {
        sinceTurn = 0
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    // The index has found it; a text that has been changed meanwhile is shown without marks.
    const match = (isRead ? matchText(terms, message.text) : undefined) ?? { ranges: [], quality: 0 }
    hits.push({ message, match, score: scoreOf(match.quality, asOf - message.received_at) })
  }
  return hits
}

/** Better before worse, then newer before older; never equal. */
export function byScore(a: Place, b: Place): number {
  return b.score - a.score || b.receivedAt - a.receivedAt || (a.room < b.room ? 1 : a.room > b.room ? -1 : 0) || b.seq - a.seq
}

/** The place of a hit among the best. */
export interface Place {
  score: number
  receivedAt: number
  room: string
  seq: number
}

export function placeOf({ message, score }: Hit): Place {
  return { score, receivedAt: message.received_at, room: message.room_id, seq: message.seq }
}
