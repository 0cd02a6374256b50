import type { AuditFacts } from '@chatflow/shared/audit'
import { formatList } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { OUTCOME_WORDS, REASON_WORDS } from '../moderation/report-words.ts'

type Facts = AuditFacts[keyof AuditFacts]
type NamesOf<F> = F extends unknown ? keyof F : never
type FactName = NamesOf<Facts>
type ValuesOf<F, Name> = F extends unknown ? (Name extends keyof F ? Exclude<F[Name], undefined> : never) : never
/** Names of the facts by what they hold: these types make the tables below complete, so that a new fact without words is an error. */
type NumberName = { [Name in FactName]: ValuesOf<Facts, Name> extends number ? Name : never }[FactName]
type FlagName = { [Name in FactName]: ValuesOf<Facts, Name> extends boolean ? Name : never }[FactName]
type TextName = { [Name in FactName]: string extends ValuesOf<Facts, Name> ? Name : never }[FactName]
type CodeName = Exclude<FactName, NumberName | FlagName | TextName>
type Code = Extract<ValuesOf<Facts, CodeName>, string>

const CODES: Record<Code, PlainKey> = {
  // roles, of the server and of rooms
  admin: 'admin.administrator',
  member: 'admin.member',
  guest: 'admin.guest',
  owner: 'audit.owner',
  moderator: 'audit.moderator',
  reader: 'audit.reader',
  // what somebody showed to be who they are
  password: 'audit.password',
  totp: 'audit.codeOfApp',
  passkey: 'audit.passkey',
  recovery: 'audit.recoveryCode',
  // who may join, and who needs a second step
  open: 'admin.joinOpen',
  invitation: 'admin.joinInvitation',
  closed: 'admin.joinClosed',
  nobody: 'admin.stepNobody',
  administrators: 'admin.stepAdministrators',
  everyone: 'admin.stepEveryone',
  on: 'audit.on',
  off: 'audit.off',
  // messages of a deleted account
  keep: 'audit.messagesKept',
  remove: 'audit.messagesRemoved',
  // why a session ended by itself, and why somebody became the owner of a room
  too_many: 'audit.tooManySessions',
  too_old: 'audit.tooOld',
  owner_deleted: 'audit.ownerDeleted',
  // why a message was reported, and what came of it
  spam: REASON_WORDS.spam.title,
  abuse: REASON_WORDS.abuse.title,
  illegal: REASON_WORDS.illegal.title,
  other: REASON_WORDS.other.title,
  ...OUTCOME_WORDS,
}

const CODE_FACTS: Record<Exclude<CodeName, 'from' | 'to'>, (word: string) => string> = {
  role: (role) => t('audit.role', { role }),
  factor: (factor) => t('audit.by', { factors: factor }),
  messages: (messages) => messages,
  reason: (reason) => reason,
  because: (because) => because,
  outcome: (outcome) => outcome,
}

/** Undefined: of none there is nothing to say. */
const NUMBER_FACTS: Record<NumberName, (count: number) => string | undefined> = {
  sessions: (count) => (count === 0 ? undefined : t('audit.sessions', { count })),
  invitations: (count) => t('audit.invitations', { count }),
  uses: (count) => t('audit.uses', { count }),
  expiresInHours: (count) => (count % 24 === 0 ? t('audit.validDays', { count: count / 24 }) : t('audit.validHours', { count })),
  seq: (seq) => t('audit.numberInRoom', { seq }),
}

/** What is said where it is so, and where it is not. */
const FLAG_FACTS: Record<FlagName, { yes: PlainKey; no?: PlainKey }> = {
  displayName: { yes: 'audit.displayName' },
  username: { yes: 'audit.username' },
  wasMember: { yes: 'audit.wasMember', no: 'audit.wasNoMember' },
}

const TEXT_FACTS: Record<TextName, (text: string) => string> = {
  factors: (factors) => t('audit.by', { factors: formatList(factors.split('+').map(wordOf)) }),
  passkey: (id) => t('audit.passkeyById', { id: shortId(id) }),
  author: (id) => t('audit.authorById', { id: shortId(id) }),
  version: (id) => t('audit.versionById', { id: shortId(id) }),
  message: (id) => t('audit.messageById', { id: shortId(id) }),
}

type Value = string | number | boolean

/** The facts of an entry in words, those of a change first. What this version does not know (a newer server wrote it) is shown as the log holds it. */
export function factsInWords({ from, to, ...rest }: Readonly<Record<string, Value>>): string[] {
  const said = Object.entries(rest).flatMap(([name, value]) => factInWords(name, value) ?? [])
  if (from === undefined || to === undefined) return said
  return [`${wordOf(String(from))} → ${wordOf(String(to))}`, ...said]
}

/** Undefined: there is nothing to say of it. */
function factInWords(name: string, value: Value): string | undefined {
  if (typeof value === 'number' && isIn(NUMBER_FACTS, name)) return NUMBER_FACTS[name](value)
  if (typeof value === 'boolean' && isIn(FLAG_FACTS, name)) {
    const key = value ? FLAG_FACTS[name].yes : FLAG_FACTS[name].no
    return key === undefined ? undefined : t(key)
  }
  if (typeof value === 'string' && isIn(TEXT_FACTS, name)) return TEXT_FACTS[name](value)
  if (typeof value === 'string' && isIn(CODE_FACTS, name)) return CODE_FACTS[name](wordOf(value))
  return `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${String(value)}`
}

function wordOf(code: string): string {
  return isIn(CODES, code) ? t(CODES[code]) : code
}

/** As much of it as tells it from its like. */
function shortId(id: string): string {
  return id.slice(-6)
}

function isIn<T extends object>(table: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(table, name)
}
