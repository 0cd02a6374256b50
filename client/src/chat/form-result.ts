import { challengeOf } from '../sync/second-step.ts'
import type { FormResult } from './contract.ts'
import { refusalOf } from './refusal-words.ts'

/** What a form is told of the work that it asked for: that it is done, or why it is not, with the second step where one is missing. */
export async function formResult(work: Promise<void>): Promise<FormResult> {
  try {
    await work
    return { ok: true }
  } catch (error) {
    const secondFactor = challengeOf(error)
    return { ...refusalOf(error), ...(secondFactor === undefined ? {} : { secondFactor }) }
  }
}
