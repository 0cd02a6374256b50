import type { Readable } from 'node:stream'
import type { Database, Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { ZipFile } from 'yazl'
import { jsonFile } from './json-pages.ts'
import { ownBans, ownDrafts, ownInvitations, ownNotes, ownPicture, ownProfile, ownPushSubscriptions, ownReports, ownRooms, ownScheduled, ownSecondFactors, ownSessions, ownSettings } from './own-facts.ts'
import { auditOf, mentionsOf, ownMessages, ownReactions } from './own-lists.ts'

const ABOUT = `This archive holds what ChatFlow keeps about you, as JSON. Times are milliseconds since 1970 (UTC).

profile.json    who you are here; your picture is avatar.webp
sessions.json   devices that are or were signed in
second-factors.json  authenticator app and passkeys, and how many recovery codes are left
rooms.json      rooms you are in, and how far you have read
messages/       your own messages, one file a room; what others wrote is theirs and not in here
reactions.json, mentions.json, drafts.json, scheduled.json, settings.json
notes.json      rooms whose notes you have written in; the text itself belongs to the room
reports.json    reports that you made
invitations.json  links for new accounts that you made
push.json       devices that are told of messages while no page is open there
bans.json       rooms that you are kept out of
audit.json      what the audit log says you did, and what was done to your account

Passwords and keys are not in here; of a password only a hash is kept. The fields are described in docs/PROTOCOL.md, "Download of one's data".
`

/**
 * Everything that is kept about a user, as a zip that is made while it is read. Files are read one after another and lists page by page, so they can differ by
 * what happened in between. `date`: of the files. The stream fails if the database does.
 */
export async function exportArchive(db: Database, user: Id, date: Date): Promise<Readable> {
  const zip = new ZipFile()
  const options = { mtime: date }
  const stream = zip.outputStream as Readable
  zip.on('error', (error: Error) => stream.destroy(error))
  const file = (path: string, content: Buffer): void => zip.addBuffer(content, path, options)
  const list = (path: string, open: () => Readable): void =>
    zip.addReadStreamLazy(path, options, (give) => {
      const rows = open()
      // `yazl` does not listen, and an error that nobody hears ends the process.
      rows.on('error', (error) => stream.destroy(error))
      give(null, rows)
    })

  file('README.txt', Buffer.from(ABOUT))
  file('profile.json', jsonFile(await ownProfile(db, user)))
  const picture = await ownPicture(db, user)
  if (picture !== undefined) file('avatar.webp', picture)
  file('sessions.json', jsonFile(await ownSessions(db, user)))
  file('second-factors.json', jsonFile(await ownSecondFactors(db, user)))
  file('rooms.json', jsonFile(await ownRooms(db, user)))
  file('settings.json', jsonFile(await ownSettings(db, user)))
  file('drafts.json', jsonFile(await ownDrafts(db, user)))
  file('scheduled.json', jsonFile(await ownScheduled(db, user)))
  file('notes.json', jsonFile(await ownNotes(db, user)))
  file('reports.json', jsonFile(await ownReports(db, user)))
  file('invitations.json', jsonFile(await ownInvitations(db, user)))
  file('push.json', jsonFile(await ownPushSubscriptions(db, user)))
  file('bans.json', jsonFile(await ownBans(db, user)))
  list('reactions.json', () => ownReactions(db, user))
  list('mentions.json', () => mentionsOf(db, user))
  list('audit.json', () => auditOf(db, user))
  for (const room of await roomsWrittenIn(db, user)) list(`messages/${room}.json`, () => ownMessages(db, user, room))
  zip.end()
  return stream
}

async function roomsWrittenIn(q: Queryable, user: Id): Promise<Id[]> {
  const { rows } = await q.query<{ room_id: Id }>('select distinct room_id from messages where by_user = $1 and not deleted and event is null order by room_id', [user])
  return rows.map((row) => row.room_id)
}
