import { z } from 'zod'

/** True for what may become the address of an account. It holds no blank and no line break, so it can stand in a mail's header. */
export function isEmailAddress(value: string): boolean {
  return EMAIL.safeParse(value).success
}

const EMAIL = z.email().max(254)
