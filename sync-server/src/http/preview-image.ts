import type { Database } from '@chatflow/database'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import { CodedError } from '@chatflow/shared/errors'
import { isId } from '@chatflow/shared/ids'
import { z } from 'zod'
import { readImage } from '../previews/preview-rows.ts'

const params = z.object({ room: z.string().refine(isId, 'not a UUID in lower case'), image: z.string().regex(/^[0-9a-f]{64}$/, 'not the id of a picture') })

/** `GET /api/rooms/:room/previews/:image`: the picture of a preview in that room. Browsers keep no copy: it goes with the message. */
export function addPreviewImage(app: App, db: Database): void {
  const schema = { summary: 'The picture of a preview that a message of the room shows: WebP, 240 x 160.', params, response: { 200: z.any().describe('image/webp'), ...refusals('room_not_found', 'not_found') } }
  app.get('/api/rooms/:room/previews/:image', { config: { access: { who: 'member', can: 'room.see' } }, schema }, async (request, reply) => {
    const image = await readImage(db, request.params.room, request.params.image)
    if (image === undefined) throw new CodedError('not_found')
    return reply.header('content-disposition', 'inline; filename="preview.webp"').type('image/webp').send(image)
  })
}
