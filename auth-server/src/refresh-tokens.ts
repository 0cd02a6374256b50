import { createHash, createHmac, randomBytes } from 'node:crypto'

/** A refresh token: 256 bits in hexadecimal. Anything else is refused before a database or a library sees it. */
const FORM = /^[a-z0-9]{40,64}$/

export function newRefreshToken(): string {
  return randomBytes(32).toString('hex')
}

export function isRefreshToken(value: string | undefined): value is string {
  return value !== undefined && FORM.test(value)
}

/** What is kept of a token: whoever reads the database cannot use it. */
export function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * The `n`th successor of `token`. It is derived, so that those who refresh with one token at once get one successor though none is
 * kept in clear; without the token, which is kept nowhere, the secret alone derives nothing.
 */
export function successorOf(token: string, n: number, secret: string): string {
  return createHmac('sha256', secret).update(`${token}:${n}`).digest('hex')
}
