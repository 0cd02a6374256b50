/** Plausible talk of a team in English, German, Chinese and Japanese: parts of sentences that fit together. None of the words that are looked for is among them. */
const ENGLISH = [
  ['I', 'We', 'The team', 'Ops', 'Support', 'Our customer', 'Finance', 'The new build', 'The client', 'The server', 'Somebody', 'Marketing', 'The night shift'],
  ['checked', 'restarted', 'reviewed', 'merged', 'updated', 'moved', 'rolled back', 'tested', 'documented', 'postponed', 'discussed', 'closed', 'reopened', 'cleaned up', 'measured', 'deployed'],
  ['the pipeline', 'the report', 'the login page', 'the database', 'the meeting notes', 'the release', 'the branch', 'the invoice', 'the dashboard', 'the certificate', 'the cache', 'the search index', 'the backup', 'the mobile app', 'the API gateway', 'the style guide', 'the sprint board', 'the budget'],
  ['this morning', 'before lunch', 'again', 'on staging', 'in production', 'for the third time', 'without problems', 'because of the outage', 'after the review', 'with Anna', 'until Friday', 'as agreed', 'last night', 'during the call', ''],
  ['and it looks fine.', 'but it is still slow.', 'so we can go on.', 'can somebody have a look?', 'thanks everyone!', 'details are in the ticket.', 'I will write it down.', 'no idea why.', 'which is good news.', 'let me know what you think.', ''],
]
const GERMAN = [
  ['Ich habe', 'Wir haben', 'Das Team hat', 'Der Betrieb hat', 'Der Kunde hat', 'Die Buchhaltung hat', 'Jemand hat', 'Die Nachtschicht hat'],
  ['heute früh', 'vor dem Mittagessen', 'schon wieder', 'auf dem Testsystem', 'in der Produktion', 'zum dritten Mal', 'wegen der Störung', 'nach der Besprechung', 'wie vereinbart', 'gestern Abend', ''],
  ['den Server', 'die Datenbank', 'den Bericht', 'die Anmeldung', 'das Protokoll', 'die Rechnung', 'den Zweig', 'das Zertifikat', 'die Sicherung', 'das Budget', 'die Oberfläche', 'den Aufzug', 'die Küche', 'die Übersicht'],
  ['geprüft,', 'neu gestartet,', 'überarbeitet,', 'zusammengeführt,', 'verschoben,', 'zurückgesetzt,', 'getestet,', 'besprochen,', 'geschlossen,', 'aufgeräumt,', 'gemessen,'],
  ['und es sieht gut aus.', 'aber es ist noch langsam.', 'kann jemand mal schauen?', 'danke euch!', 'steht alles im Ticket.', 'keine Ahnung warum.', 'gute Nachricht.', 'sagt mir, was ihr denkt.', 'größere Änderungen kommen später.'],
]
const CHINESE = [['我们', '他们', '团队', '客户', '同事'], ['今天', '昨天', '上周', '早上'], ['检查了', '更新了', '重启了', '测试了'], ['服务器', '数据库', '报告', '登录页面', '备份'], ['，没有问题。', '，谢谢！', '，请看一下。', '。']]
const JAPANESE = [['昨日、', '今朝、', '先週、', ''], ['サーバーを', 'データベースを', 'レポートを', '証明書を'], ['確認しました', '更新しました', '再起動しました', '延期しました'], ['。', '。よろしくお願いします。', '！']]

export type Chance = () => number

/** One message: mostly a sentence, sometimes with a ticket, a link, code, an emoji or a version. */
export function talk(chance: Chance): string {
  const language = chance()
  const sentence = () => (language < 0.5 ? say(ENGLISH, ' ', chance) : language < 0.9 ? say(GERMAN, ' ', chance) : language < 0.96 ? say(CHINESE, '', chance) : say(JAPANESE, '', chance))
  const parts = [sentence()]
  while (chance() < 0.25) parts.push(sentence())
  const number = Math.floor(chance() * 9_000) + 1_000
  const more = chance()
  if (more < 0.08) parts.push(`(OPS-${number})`)
  else if (more < 0.12) parts.push(`https://tickets.example.com/browse/OPS-${number}`)
  else if (more < 0.15) parts.push(`\`npm run build-${number % 40}\``)
  else if (more < 0.18) parts.push(['👍', '🎉', '😅', '🙏🏽'][number % 4] ?? '')
  else if (more < 0.2) parts.push(`v2.${10 + (number % 20)}.${number % 7}`)
  return parts.join(' ')
}

function say(parts: readonly (readonly string[])[], between: string, chance: Chance): string {
  return parts
    .map((choices) => choices[Math.floor(chance() * choices.length)] ?? '')
    .filter((part) => part !== '')
    .join(between)
}

/** Numbers from 0 to 1 that are the same every time. */
export function seeded(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
