import { ERRORS } from '@chatflow/shared/errors'
import type { ErrorCode } from '@chatflow/shared/errors'

/** Sentences for the codes of errors, which the table of codes holds already; the name is the code. */
export const errors = Object.fromEntries(Object.entries(ERRORS).map(([code, { title }]) => [code, title])) as { readonly [Code in ErrorCode]: (typeof ERRORS)[Code]['title'] }
