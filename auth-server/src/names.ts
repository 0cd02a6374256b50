import type { ErrorCode } from '@chatflow/shared/errors'
import { USERNAME } from '@chatflow/shared/mentions'

const LONGEST_DISPLAY_NAME = 64

/** One spelling of what looks the same, without space around it. */
export function tidyDisplayName(name: string): string {
  return name.trim().normalize('NFC')
}

/** What is wrong with a tidied display name, if anything. */
export function displayNameProblem(name: string): ErrorCode | undefined {
  return name.length < 1 || name.length > LONGEST_DISPLAY_NAME ? 'display_name_invalid' : undefined
}

/** What is wrong with a username, if anything. */
export function usernameProblem(username: string): ErrorCode | undefined {
  return USERNAME.test(username) ? undefined : 'username_invalid'
}
