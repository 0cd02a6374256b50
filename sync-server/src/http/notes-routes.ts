import type { Database } from '@chatflow/database'
import { callerOf } from '@chatflow/server-kit/access'
import { type App, NO_CONTENT, refusals } from '@chatflow/server-kit/openapi'
import { notesVersionSchema, notesVersionsSchema } from '@chatflow/shared/api/notes'
import { CodedError } from '@chatflow/shared/errors'
import { isId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { z } from 'zod'
import { versionOf, versionsPage } from '../notes/version-rows.ts'

const id = z.string().refine(isId, 'not a UUID in lower case')
const query = z.strictObject({ before: id.optional(), limit: z.coerce.number().int().min(1).max(LIMITS.pageEntries).default(50) })
const params = z.object({ room: id, version: id })

/** Earlier versions of the notes of rooms. The notes themselves are a document (docs/PROTOCOL.md, "Notes"). `restore`: sets them back for a person. */
export function addNotesRoutes(app: App, db: Database, restore: (room: Id, version: Id, user: Id) => Promise<void>): void {
  const versions = {
    summary: "Earlier versions of the room's notes, the newest first, and who changed the notes last. `before`: the last id of the page before.",
    params: z.object({ room: id }),
    querystring: query,
    response: { 200: notesVersionsSchema, ...refusals('room_not_found') },
  }
  app.get('/api/rooms/:room/notes/versions', { config: { access: { who: 'member', can: 'room.see' } }, schema: versions }, async (request) =>
    versionsPage(db, request.params.room, request.query),
  )

  const version = {
    summary: "An earlier version of the room's notes with its content, a Yjs update in base64.",
    params,
    response: { 200: notesVersionSchema, ...refusals('room_not_found', 'version_not_found') },
  }
  app.get('/api/rooms/:room/notes/versions/:version', { config: { access: { who: 'member', can: 'room.see' } }, schema: version }, async (request) => {
    const found = await versionOf(db, request.params.room, request.params.version)
    if (found === undefined) throw new CodedError('version_not_found')
    return { ...found, state: Buffer.from(found.state).toString('base64') }
  })

  const restored = {
    summary: "Sets the room's notes back to an earlier version, as a new change that everybody's merge with; what they hold before is kept as a version.",
    params,
    response: { ...NO_CONTENT, ...refusals('room_not_found', 'forbidden', 'version_not_found') },
  }
  app.post('/api/rooms/:room/notes/versions/:version/restore', { config: { access: { who: 'member', can: 'notes.restore' } }, schema: restored }, async (request, reply) => {
    await restore(request.params.room, request.params.version, callerOf(request).user)
    return reply.status(204).send()
  })
}
