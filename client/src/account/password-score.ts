import { isPersonalPassword } from '@chatflow/shared/personal-password'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
/** More characters say nothing new, and cost time while somebody types. */
const LONGEST = 100

/** 0 (first guesses, and what the server refuses as made of names) to 4 (out of reach). `about`: what others know of this person and place. */
export function passwordScore(password: string, about: readonly string[]): number {
  if (isPersonalPassword(password.slice(0, LONGEST), about)) return 0
  const words = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)
  return zxcvbn.check(password.slice(0, LONGEST), words).score
}
