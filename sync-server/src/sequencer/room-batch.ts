import type { Database } from '@chatflow/database'
import type { CommandResult } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import type { Effects } from './effects.ts'
import { evaluate } from './evaluate.ts'
import { type Answer, keepAnswers, knownCommands, storedAnswer } from './known-commands.ts'
import { loadRoom } from './load-room.ts'
import { accepted, Rejection, rejected } from './rejection.ts'
import type { RoomState, Submission } from './room-state.ts'
import { peopleOf } from './rows.ts'
import { writeRoom } from './write-room.ts'

export interface BatchOutcome {
  results: Map<Id, CommandResult>
  effects: Effects
}

/**
 * Commits one batch of one room in one transaction: lock, answer repeats, evaluate the rest one after another, write.
 * `batch` names every command id once. Throws what the database throws; then nothing has happened.
 */
export function commitRoomBatch(db: Database, room: Id, batch: readonly Submission[], now: number): Promise<BatchOutcome> {
  return db.tx(async (q) => {
    // In this order: what is known already is read under the room's lock too.
    const [state, known] = await Promise.all([loadRoom(q, room, batch, now), knownCommands(q, batch.map(({ command }) => command.id))])
    const results = new Map<Id, CommandResult>()
    const answers: Answer[] = []
    for (const submission of batch) {
      const stored = storedAnswer(known.get(submission.command.id), submission)
      if (stored !== undefined) {
        results.set(submission.command.id, stored)
        continue
      }
      const answer = judge(state, submission)
      answers.push(answer)
      results.set(submission.command.id, answer.code === null ? accepted(submission.command.id, answer.seq) : rejected(submission.command.id, answer.code))
    }
    await Promise.all([writeRoom(q, state), keepAnswers(q, answers, now)])
    return { results, effects: effectsOf(state) }
  })
}

function judge(state: RoomState, submission: Submission): Answer {
  try {
    return { submission, seq: evaluate(state, submission.user, submission.command), code: null }
  } catch (error) {
    if (error instanceof Rejection) return { submission, seq: null, code: error.code }
    throw error
  }
}

/** What a changed room means for documents. */
export function effectsOf({ room, users: known, changed }: RoomState): Effects {
  const users = [...changed.users]
  if (room === undefined) return { users }
  return {
    room: {
      id: room.id,
      head: room.head,
      rev: room.rev,
      logRev: room.log_rev,
      messages: [...changed.messages],
      reactions: [...changed.reactions],
      people: [...peopleOf(changed.messages)].flatMap((id) => known.get(id) ?? []),
      document: changed.document,
      members: changed.members.size > 0 || changed.membersGone.size > 0,
      mentioned: changed.mentions.map(({ user }) => user),
      mentionsAll: changed.mentionsOfAll.length > 0,
      said: changed.said,
    },
    users,
  }
}
