import type { Database } from '@chatflow/database'
import { type Access, callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import { chatSettingsSchema } from '@chatflow/shared/api/admin'
import { z } from 'zod'
import { linkPreviewsOn, setLinkPreviews } from '../previews/preview-setting.ts'

const access: Access = { who: 'signed-in', can: 'admin.settings' }
const settings = z.strictObject({ linkPreviews: z.boolean() })

/** `GET` and `PUT /api/admin/settings`. `changed`: what is loaded here is to follow. */
export function addChatSettings(app: App, db: Database, changed: () => Promise<void>): void {
  const read = { summary: 'Settings of the chat.', response: { 200: chatSettingsSchema, ...refusals('forbidden') } }
  app.get('/api/admin/settings', { config: { access }, schema: read }, async () => ({ linkPreviews: await linkPreviewsOn(db) }))

  const write = { summary: 'Sets whether the server fetches the pages that messages link, for previews.', body: settings, response: { 200: chatSettingsSchema, ...refusals('forbidden') } }
  app.put('/api/admin/settings', { config: { access }, schema: write }, async (request) => {
    const { linkPreviews } = request.body
    await db.tx(async (q) => {
      const before = await setLinkPreviews(q, linkPreviews)
      if (before !== linkPreviews) await audit(q, { actor: callerOf(request).user, action: 'admin.link_previews_changed', details: { from: words(before), to: words(linkPreviews) } }, Date.now())
    })
    await changed()
    return { linkPreviews }
  })
}

function words(on: boolean): 'on' | 'off' {
  return on ? 'on' : 'off'
}
