import type { DatabaseSabotage } from './faulty-database.ts'
import type { Sabotage } from './world.ts'

const LOOK_UP = 'select id, user_id, attempt, accepted, seq, code from commands'
const KEEP = 'insert into commands'
const MEMBERS = 'select user_id, role, joined_at, hidden from members'
const BANS = 'select user_id from bans'

/** Number of the Hocuspocus message that says whether the server knows everything a replica holds. */
const SYNC_STATUS = 8
const EPOCH = /"epoch":"[0-9a-f-]{36}"/

/** The measures that the rules rest on, each switched off by itself: the simulation must notice every one, by the rule it breaks. */
export const SABOTAGES: (Sabotage & { breaks: RegExp })[] = [
  { name: 'the commands table', breaks: /^R2:/, database: { change: forgetCommands } },
  { name: 'the membership check under the lock', breaks: /^R5:/, database: { change: everybodyIsMember } },
  { name: 'the look at bans', breaks: /^R5:/, database: { change: nobodyIsBanned } },
  { name: 'the beat', breaks: /^R3:/, noBeat: true },
  { name: 'the commit before the mark', breaks: /^R1:/, database: { answerBeforeCommit: true } },
  { name: 'the attempt of a command', breaks: /^R[12]:/, database: { change: forgetAttempts } },
  { name: 'the replacing of replicas that are ahead', breaks: /^R[35]:/, filter: alwaysEqual },
  { name: 'the epoch', breaks: /^R1:/, filter: oneEpoch },
]

/** Repeats are not recognised: what is kept is never looked up. */
function forgetCommands(...[sql, values, answer]: Parameters<NonNullable<DatabaseSabotage['change']>>): typeof answer {
  if (sql.startsWith(LOOK_UP)) return { rows: [], rowCount: 0 }
  return sql.startsWith(KEEP) ? { ...answer, rowCount: kept(values) } : answer
}

/** A repeat of what was refused is judged anew, whatever its attempt. */
function forgetAttempts(...[sql, values, answer]: Parameters<NonNullable<DatabaseSabotage['change']>>): typeof answer {
  if (sql.startsWith(LOOK_UP)) return { ...answer, rows: answer.rows.map((row) => (row['accepted'] === true ? row : { ...row, attempt: 0 })) }
  return sql.startsWith(KEEP) ? { ...answer, rowCount: kept(values) } : answer
}

function kept(values: readonly unknown[]): number {
  return (JSON.parse(String(values[0])) as unknown[]).length
}

function everybodyIsMember(...[sql, values, answer]: Parameters<NonNullable<DatabaseSabotage['change']>>): typeof answer {
  if (!sql.startsWith(MEMBERS)) return answer
  const known = new Set(answer.rows.map((row) => row['user_id']))
  const others = (values[1] as string[]).filter((user) => !known.has(user))
  return { ...answer, rows: [...answer.rows, ...others.map((user) => ({ user_id: user, role: 'member', joined_at: 0, hidden: false }))] }
}

function nobodyIsBanned(...[sql, , answer]: Parameters<NonNullable<DatabaseSabotage['change']>>): typeof answer {
  return sql.startsWith(BANS) ? { rows: [], rowCount: 0 } : answer
}

/** Every replica is told that the server knows all it holds. */
function alwaysEqual(frame: Uint8Array): Uint8Array {
  const type = frame[lengthOfAddress(frame)]
  if (type === SYNC_STATUS) frame[frame.length - 1] = 1
  return frame
}

/** Every hello carries the same epoch. */
function oneEpoch(frame: Uint8Array): Uint8Array {
  const text = Buffer.from(frame).toString('latin1')
  return EPOCH.test(text) ? Uint8Array.from(Buffer.from(text.replace(EPOCH, `"epoch":"${'0'.repeat(36)}"`), 'latin1')) : frame
}

/** Where the type stands: after the address, a string behind its length as a variable-length number. */
function lengthOfAddress(frame: Uint8Array): number {
  let length = 0
  let at = 0
  for (let shift = 0; ; shift += 7) {
    const byte = frame[at] ?? 0
    at += 1
    length |= (byte & 0x7f) << shift
    if (byte < 0x80) return at + length
  }
}
