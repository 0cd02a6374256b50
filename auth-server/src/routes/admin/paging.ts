import { isId } from '@chatflow/shared/ids'
import { z } from 'zod'

export const id = z.string().refine(isId, 'not a UUID in lower case')
export const idParams = z.object({ id })
export const limit = z.coerce.number().int().min(1).max(100).default(50)
