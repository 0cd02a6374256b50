import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
/** More characters say nothing new, and cost time while somebody types. */
const LONGEST = 100

/** 0 (first guesses) to 4 (out of reach). `about`: words that an attacker would try for this person. */
export function passwordScore(password: string, about: readonly string[]): number {
  const words = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)
  return zxcvbn.check(password.slice(0, LONGEST), words).score
}
