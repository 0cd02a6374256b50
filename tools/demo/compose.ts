import type { Username } from './people.ts'
import type { Random } from './random.ts'
import { type Line, type Scene, VALUES } from './script.ts'

/** A message of the demo before it has an id. */
export interface Said {
  by: Username
  text: string
  /** ms since the epoch. */
  at: number
  replyTo: Said | undefined
  reactions: { emoji: string; by: Username }[]
  fate: Line['fate']
  /** The line of the script that this is. */
  line: Line
}

export interface Stage {
  scenes: readonly Scene[]
  cast: readonly Username[]
  /** About how many messages. */
  messages: number
  /** Days before `now` at which the talk begins. */
  days: number
  /** ms since the epoch; nothing is said later. */
  now: number
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Plays scenes over the days until there is enough talk. In the order of time. */
export function compose(stage: Stage, random: Random): Said[] {
  let bag: Scene[] = []
  let end = 0
  const said: Said[] = []
  for (const start of startTimes(stage, random)) {
    // The one played last goes to the bottom of the new bag, so that nobody says the same thing twice in a row.
    if (bag.length === 0) bag = lastFirst(random.shuffle(stage.scenes), said)
    const lines = play(bag.pop() ?? [], stage, Math.max(start, end + random.between(3, 9) * MINUTE_MS), random)
    end = lines.at(-1)?.at ?? end
    said.push(...lines)
  }
  return said
}

function lastFirst(scenes: Scene[], said: readonly Said[]): Scene[] {
  const lately = new Set(said.slice(-12).map((line) => line.line))
  const played = (scene: Scene): number => (scene.some((line) => lately.has(line)) ? 0 : 1)
  return scenes.sort((a, b) => played(a) - played(b))
}

/** When scenes begin, in order: mostly on weekdays between eight and six. As many as are needed for the wanted number of messages. */
function startTimes({ scenes, messages, days, now }: Stage, random: Random): number[] {
  const lines = scenes.reduce((total, scene) => total + scene.length, 0) / scenes.length
  const wanted = Math.ceil(messages / lines)
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const times: number[] = []
  while (times.length < wanted) {
    const day = midnight - random.between(0, days) * DAY_MS
    const weekend = [0, 6].includes(new Date(day).getDay())
    if (weekend && random.next() > 0.1) continue
    // Two dice: more around noon than at the edges of the day.
    const at = day + 8 * 60 * MINUTE_MS + (random.between(0, 300) + random.between(0, 300)) * MINUTE_MS + random.between(0, 59) * 1000
    if (at < now - 30 * MINUTE_MS) times.push(at)
  }
  return times.sort((a, b) => a - b)
}

function play(scene: Scene, { cast, now }: Stage, start: number, random: Random): Said[] {
  const actors = random.shuffle(cast)
  const actor = (place: number): Username => actors[place % actors.length] ?? 'mira'
  const values = new Map<string, string>([['who', actor(1)]])
  const said: Said[] = []
  let at = start
  for (const line of scene) {
    const by = actor(line.by)
    const others = random.shuffle(cast.filter((person) => person !== by))
    said.push({
      by,
      text: fill(line.text, values, random),
      at: Math.min(at, now),
      replyTo: line.reply === undefined ? undefined : said[line.reply],
      reactions: (line.react ?? []).slice(0, others.length).map((emoji, place) => ({ emoji, by: others[place] ?? by })),
      fate: line.fate,
      line,
    })
    at += random.between(8, 200) * 1000
  }
  return said
}

function fill(text: string, values: Map<string, string>, random: Random): string {
  return text.replace(/\{([^{}\n]+)\}/g, (whole, inner: string) => {
    if (inner.includes('|')) return random.pick(inner.split('|'))
    const choices = VALUES[inner]
    const value = values.get(inner) ?? (choices ? random.pick(choices) : undefined)
    if (value === undefined) return whole
    values.set(inner, value)
    return value
  })
}
