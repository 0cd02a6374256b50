import type { Queryable } from '@chatflow/database'
import type { CommandResult } from '@chatflow/shared/command'
import { type ErrorCode, isErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { RoomChangedMeanwhile } from './errors.ts'
import { accepted, rejected } from './rejection.ts'
import type { Submission } from './room-state.ts'
import type { CommandRow } from './rows.ts'

/** What `commands` says of ids: one look a batch. */
export async function knownCommands(q: Queryable, ids: readonly Id[]): Promise<Map<Id, CommandRow>> {
  const known = await q.query<CommandRow>('select id, user_id, attempt, accepted, seq, code from commands where id = any($1::uuid[])', [ids])
  return new Map(known.rows.map((row) => [row.id, row]))
}

/** The stored answer to a repeat; undefined if the command is to be evaluated: new, or rejected and tried again with a higher attempt. */
export function storedAnswer(row: CommandRow | undefined, { user, command }: Submission): CommandResult | undefined {
  if (row === undefined) return undefined
  if (row.user_id !== user) return rejected(command.id, 'command_id_taken')
  if (row.accepted) return accepted(command.id, row.seq)
  if ((command.attempt ?? 1) > row.attempt) return undefined
  return rejected(command.id, isErrorCode(row.code) ? row.code : 'invalid_command')
}

export interface Answer {
  submission: Submission
  seq: number | null
  code: ErrorCode | null
}

/** Keeps the answers of a batch, without bodies, in the transaction of their effects. */
export async function keepAnswers(q: Queryable, answers: readonly Answer[], now: number): Promise<void> {
  if (answers.length === 0) return
  const rows = answers.map(({ submission: { user, command }, seq, code }) => ({
    id: command.id,
    user_id: user,
    room_id: 'room' in command ? command.room : null,
    type: command.type,
    attempt: command.attempt ?? 1,
    accepted: code === null,
    seq,
    code,
  }))
  const kept = await q.query(
    `insert into commands (id, user_id, room_id, type, attempt, accepted, seq, code, answered_at)
     select id, user_id, room_id, type, attempt, accepted, seq, code, $2::bigint
       from jsonb_to_recordset($1::jsonb) as x(id uuid, user_id uuid, room_id uuid, type text, attempt integer, accepted boolean, seq bigint, code text)
     on conflict (id) do update set attempt = excluded.attempt, accepted = excluded.accepted, seq = excluded.seq, code = excluded.code,
       answered_at = excluded.answered_at
     where commands.user_id = excluded.user_id and not commands.accepted and commands.attempt < excluded.attempt`,
    [JSON.stringify(rows), now],
  )
  // An id that was answered elsewhere since our look (the same id sent for two rooms at once): look again.
  if (kept.rowCount !== rows.length) throw new RoomChangedMeanwhile()
}
