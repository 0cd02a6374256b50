import { callerOf, type Access } from '@chatflow/server-kit/access'
import { reencode } from '@chatflow/server-kit/images/reencode'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { MESSAGES_AFTER_DELETION, meSchema } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { readAvatar, removeAvatar, setAvatar } from '../avatars/avatar-rows.ts'
import { confirmPassword } from '../confirm-password.ts'
import type { AuthContext } from '../context.ts'
import { deleteAccount } from '../delete-account.ts'
import { rename } from '../rename.ts'
import { findUser, meOf } from '../users.ts'

const MOST_BYTES = 5 * 1024 * 1024
/** A picture as it is kept and served, px. */
const AVATAR_SIZE = { width: 256, height: 256 }
const own: Access = { who: 'signed-in' }
const uploads: Access = { who: 'signed-in', can: 'file.upload' }

const names = z.strictObject({ displayName: text(0, 1_000).optional(), username: text(0, 1_000).optional() })
const picture = z.custom<Buffer>((value) => Buffer.isBuffer(value) && value.length > 0, 'not a picture').meta({ type: 'string', format: 'binary' })
const pictureParams = z.object({ id: z.string().regex(/^[0-9a-f]{64}$/, 'not the id of a picture') })
const farewell = z.strictObject({ password: text(1, 1_000), messages: z.enum(MESSAGES_AFTER_DELETION) })

/** The caller's names, picture and end: `PATCH /api/auth/me`, `PUT` and `DELETE /api/auth/me/avatar`, `POST /api/auth/me/delete`; `GET /api/auth/avatars/:id`. */
export async function profileRoutes(app: App, context: AuthContext): Promise<void> {
  const { db, clock, limits, cookie, scanner } = context

  const renaming = { summary: "Changes the caller's names.", body: names, response: { 200: meSchema, ...refusals('display_name_invalid', 'username_invalid', 'username_taken', 'rate_limited') } }
  app.patch('/api/auth/me', { config: { access: own }, schema: renaming }, async (request) => {
    const { user } = callerOf(request)
    await limits.profile.take(user)
    return meOf(await rename(db, user, request.body, clock()))
  })

  await app.register(async (scope: App) => {
    // Whatever it says it is: the bytes tell.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(/^(image\/[\w.+-]+|application\/octet-stream)$/, { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body))
    const uploading = {
      summary: "Sets the caller's picture: the body is a PNG, JPEG or WebP file. It is cut to the middle and encoded anew, 256 x 256, without metadata.",
      consumes: ['image/png', 'image/jpeg', 'image/webp'],
      body: picture,
      response: { 200: meSchema, ...refusals('email_unverified', 'image_invalid', 'image_too_large', 'file_infected', 'unsupported_media_type', 'rate_limited', 'unavailable', 'scanner_unavailable') },
    }
    scope.put(
      '/api/auth/me/avatar',
      { config: { access: uploads }, bodyLimit: MOST_BYTES, schema: uploading, errorHandler: (error, request, reply) => app.errorHandler(asPicture(error), request, reply) },
      async (request) => {
        const { user } = callerOf(request)
        await limits.profile.take(user)
        // Before anything takes the bytes apart.
        await scanner.scan(request.body)
        const image = await reencode(request.body, AVATAR_SIZE)
        return db.tx(async (q) => {
          await setAvatar(q, user, image, clock())
          return meOf(await findUser(q, user))
        })
      },
    )
  })

  const removing = { summary: "Removes the caller's picture.", response: { 200: meSchema, ...refusals('rate_limited') } }
  app.delete('/api/auth/me/avatar', { config: { access: own }, schema: removing }, async (request) => {
    const { user } = callerOf(request)
    await limits.profile.take(user)
    return db.tx(async (q) => {
      await removeAvatar(q, user, clock())
      return meOf(await findUser(q, user))
    })
  })

  const deleting = {
    summary: "Deletes the caller's account for good. Messages stay, by \"Deleted user\", or go too.",
    body: farewell,
    response: { ...NO_CONTENT, ...refusals('wrong_credentials', 'last_admin', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/me/delete', { config: { access: { who: 'signed-in', recent: true } }, schema: deleting }, async (request, reply) => {
    const { user } = callerOf(request)
    await confirmPassword(context, await findUser(db, user), request.body.password)
    await db.tx((q) => deleteAccount(q, user, request.body.messages, clock()))
    context.mailed(reply)
    cookie.clear(reply)
    return reply.status(204).send()
  })

  const showing = {
    summary: 'A picture: WebP, 256 x 256. The id cannot be guessed and never stands for another picture.',
    params: pictureParams,
    response: { 200: z.any().describe('image/webp'), ...refusals('not_found') },
  }
  app.get('/api/auth/avatars/:id', { config: { access: { who: 'anyone' } }, schema: showing }, async (request, reply) => {
    const image = await readAvatar(db, request.params.id)
    if (!image) throw new CodedError('not_found')
    return reply
      // The name is ours: files that people send have none here.
      .headers({ 'cache-control': 'private, max-age=31536000, immutable', 'content-disposition': 'inline; filename="picture.webp"' })
      .type('image/webp')
      .send(image)
  })
}

/** The general codes say too little here. */
function asPicture(error: unknown): Error {
  const { code } = error as { code?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new CodedError('image_too_large')
  if (code === 'FST_ERR_VALIDATION') return new CodedError('image_invalid')
  return error as Error
}
