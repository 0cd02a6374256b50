import type { Database, Queryable } from '@chatflow/database'
import type { Command, CommandOf, CommandResult } from '@chatflow/shared/command'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { applySchedule, type ScheduleCommand } from '../scheduled/scheduled-commands.ts'
import { type Answer, keepAnswers, knownCommands, storedAnswer } from './known-commands.ts'
import { followSettings } from './follow-settings.ts'
import { accepted, rejected } from './rejection.ts'
import type { BatchOutcome } from './room-batch.ts'
import type { Submission } from './room-state.ts'

/** The thread of a room's own draft. */
export const NO_THREAD = '00000000-0000-0000-0000-000000000000'

type UserCommand = CommandOf<'draft.set'> | CommandOf<'me.set'> | ScheduleCommand

/** Drafts, settings and scheduled messages: commands that concern one user alone and are serialised by that user's row. */
export function isUserCommand(command: Command): command is UserCommand {
  return command.type === 'draft.set' || command.type === 'me.set' || isSchedule(command)
}

function isSchedule(command: Command): command is ScheduleCommand {
  return command.type === 'message.schedule' || command.type === 'message.reschedule' || command.type === 'message.unschedule'
}

/** Commits a batch of one user's own commands; like `commitRoomBatch`, with the user's row in place of the room's. */
export function commitUserBatch(db: Database, user: Id, batch: readonly Submission[], now: number): Promise<BatchOutcome> {
  return db.tx(async (q) => {
    await q.query('insert into user_state (user_id) values ($1) on conflict do nothing', [user])
    await q.query('select rev from user_state where user_id = $1 for update', [user])
    const known = await knownCommands(q, batch.map(({ command }) => command.id))
    const results = new Map<Id, CommandResult>()
    const answers: Answer[] = []
    for (const submission of batch) {
      const { command } = submission
      const stored = storedAnswer(known.get(command.id), submission)
      if (stored !== undefined) {
        results.set(command.id, stored)
        continue
      }
      const code = await apply(q, user, command, now)
      answers.push({ submission, seq: null, code })
      results.set(command.id, code === null ? accepted(command.id, null) : rejected(command.id, code))
    }
    const done = answers.filter(({ code }) => code === null).map(({ submission }) => submission.command)
    if (done.length > 0) await q.query('update user_state set rev = rev + 1 where user_id = $1', [user])
    const hides = await followSettings(q, user, done, now)
    await keepAnswers(q, answers, now)
    return { results, effects: { users: done.length > 0 ? [user] : [], ...(hides === undefined ? {} : { hides }) } }
  })
}

/** The later `min(at, time of commit)` wins, ties by id: the same on every order of arrival. Answers a rejection code or null. */
async function apply(q: Queryable, user: Id, command: Command, now: number): Promise<ErrorCode | null> {
  if (!isUserCommand(command)) return 'invalid_command'
  if (isSchedule(command)) return applySchedule(q, user, command, now)
  const at = Math.min(command.at, now)
  if (command.type === 'me.set') {
    await q.query(
      `insert into settings (user_id, key, value, at, command_id) values ($1, $2, $3::jsonb, $4, $5)
       on conflict (user_id, key) do update set value = excluded.value, at = excluded.at, command_id = excluded.command_id
       where (settings.at, settings.command_id) < (excluded.at, excluded.command_id)`,
      [user, command.key, JSON.stringify(command.value), at, command.id],
    )
    return null
  }
  const member = await q.query('select 1 from members where room_id = $1 and user_id = $2', [command.room, user])
  if (member.rows.length === 0) return 'not_a_member'
  const count = await q.query<{ n: number }>('select count(*) as n from drafts where user_id = $1', [user])
  if ((count.rows[0]?.n ?? 0) >= LIMITS.draftsPerUser) await q.query("delete from drafts where user_id = $1 and text = ''", [user])
  await q.query(
    `insert into drafts (user_id, room_id, thread, text, reply_to, at, command_id) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (user_id, room_id, thread) do update set text = excluded.text, reply_to = excluded.reply_to, at = excluded.at, command_id = excluded.command_id
     where (drafts.at, drafts.command_id) < (excluded.at, excluded.command_id)`,
    [user, command.room, command.thread ?? NO_THREAD, command.text, command.replyTo ?? null, at, command.id],
  )
  return null
}
